/**
 * Asks the kernel, from a container with a network of its own and NET_ADMIN, for what drills use, in the only language
 * that the images have besides sh. Over rtnetlink a queueing discipline without its options is refused with EINVAL when the
 * kernel has it, and with ENOENT when it has not; over nfnetlink the ruleset's generation is answered or is not.
 * Prints `name=yes|no|errno` a line.
 */
export const kernelProbe = `
use Socket;
sub ask {
  my ($protocol, $type, $flags, $body) = @_;
  socket(my $s, 16, SOCK_RAW, $protocol) or return -$!;
  my $message = pack('LSSLL', 16 + length $body, $type, $flags, 1, 0) . $body;
  defined send($s, $message, 0) or return -$!;
  my $ready = ''; vec($ready, fileno($s), 1) = 1;
  select($ready, undef, undef, 2) or return -110;
  recv($s, my $answer, 8192, 0);
  my (undef, $kind) = unpack('LS', $answer);
  return $kind == 2 ? unpack('l', substr($answer, 16, 4)) : 0;
}
sub qdisc {
  my $name = $_[0] . "\\0";
  my $kind = pack('SS', 4 + length $name, 1) . $name;
  $kind .= "\\0" x (-length($kind) & 3);
  return ask(0, 36, 0x605, pack('Cx3lLLL', 0, 1, 0, 0xFFFFFFFF, 0) . $kind);
}
my $error = qdisc('netem');
print 'netem=', ($error == -22 || $error == 0 ? 'yes' : $error == -2 ? 'no' : $error), "\\n";
$error = ask(12, (10 << 8) | 16, 1, pack('CCn', 0, 0, 0));
print 'nftables=', ($error == 0 ? 'yes' : $error == -22 ? 'no' : $error), "\\n";
`;

/** `netem=yes` lines to a map; anything else is left out. */
export function parseKernelProbe(output: string): ReadonlyMap<string, string> {
  return new Map(
    output.split("\n").flatMap((line) => {
      const match = /^(\w+)=(\S+)$/.exec(line.trim());
      return match?.[1] === undefined || match[2] === undefined ? [] : [[match[1], match[2]] as const];
    }),
  );
}
