# Makes the list of `make help` out of a Makefile's "##@ group" and "target: ... ## what it does" lines.
BEGIN {
  FS = ":.*##[ \t]*"
  bold = tty ? "\033[1m" : ""; cyan = tty ? "\033[36m" : ""; dim = tty ? "\033[2m" : ""; reset = tty ? "\033[0m" : ""
  printf "%sHotfire%s  Apache RocketMQ in Docker, as clusters that are proven to fail over\n", bold, reset
}
/^##@ / { printf "\n%s%s%s\n", bold, substr($0, 5), reset; next }
/^[a-z][a-zA-Z0-9-]*:.*## / { if ($1 != "help") printf "  %smake %-27s%s %s\n", cyan, $1, reset, $2 }
END {
  printf "\n%sOptions%s\n", bold, reset
  option("NAME=mine", "the cluster's name; several run side by side")
  option("PORT_OFFSET=100", "added to every published port (auto: a free one)")
  option("PROXY=1", "with a gRPC proxy, for RocketMQ 5 clients")
  option("ON=controller", "where a drill runs: a running cluster, a preset or a spec file")
  option("LIMIT=rto=2s,lost=0", "what must hold besides in a drill")
  option("JSON=1", "events and facts as JSON lines on stdout")
  printf "\n%sExample: make cluster-dledger NAME=mine PROXY=1      More: ./hotfire --help%s\n", dim, reset
}
function option(name, text) { printf "  %s%-32s%s %s\n", cyan, name, reset, text }
