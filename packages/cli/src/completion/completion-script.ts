import type { shells } from "../commands/common.ts";
import type { CommandWords } from "./describe-commands.ts";

export type Shell = (typeof shells)[number];

/** Names of running clusters, asked at the moment of completion. */
const clusterNames = 'hotfire ls --json 2>/dev/null | sed -n \'s/^ *"cluster": "\\(.*\\)",*$/\\1/p\'';

export function completionScript(shell: Shell, commands: readonly CommandWords[]): string {
  return { bash, zsh, fish }[shell](commands);
}

function bash(commands: readonly CommandWords[]): string {
  const cases = commands.map((command) => {
    const options = command.options.map(({ long }) => long).join(" ");
    const nested = command.subcommands.map(({ name }) => name);
    const words = [...command.words, ...nested].join(" ");
    const dynamic = command.takesCluster ? ` $(${clusterNames})` : "";
    const files = command.takesFile ? '; COMPREPLY+=($(compgen -f -- "$word"))' : "";
    const inner = [
      ...new Set(command.subcommands.flatMap((sub) => sub.options.map(({ long }) => long))),
    ].join(" ");
    const third = command.subcommands
      .filter((sub) => sub.words.length > 0)
      .map(
        (sub) =>
          `if [[ $COMP_CWORD -gt 2 && \${COMP_WORDS[2]} == ${sub.name} && $word != -* ]]; then COMPREPLY=($(compgen -W "${sub.words.join(" ")}" -- "$word")); return; fi; `,
      );
    return `    ${command.name}) ${third.join("")}if [[ $word == -* ]]; then COMPREPLY=($(compgen -W "${`${options} ${inner}`.trim()} --help" -- "$word")); else COMPREPLY=($(compgen -W "${words}${dynamic}" -- "$word"))${files}; fi ;;`;
  });
  return `# bash completion of hotfire; load it with: source <(hotfire completion bash)
_hotfire() {
  local word=\${COMP_WORDS[COMP_CWORD]}
  if [[ $COMP_CWORD -eq 1 ]]; then
    COMPREPLY=($(compgen -W "${commands.map(({ name }) => name).join(" ")} --help --version" -- "$word"))
    return
  fi
  case \${COMP_WORDS[1]} in
${cases.join("\n")}
  esac
}
complete -F _hotfire hotfire ./hotfire
`;
}

function quote(text: string): string {
  return text.replaceAll("'", "'\\''");
}

function zsh(commands: readonly CommandWords[]): string {
  const escaped = (text: string) =>
    quote(text).replaceAll("[", "\\[").replaceAll("]", "\\]").replaceAll(":", "\\:");
  const cases = commands.map((command) => {
    const options = [...command.options, ...command.subcommands.flatMap((sub) => sub.options)];
    const unique = [...new Map(options.map((option) => [option.long, option])).values()];
    const flags = unique.map(({ long, description }) => `'${long}[${escaped(description)}]'`);
    const words = [...command.words, ...command.subcommands.map(({ name }) => name)];
    const actions = [
      ...(words.length > 0 ? [`(${words.join(" ")})`] : []),
      ...(command.takesCluster ? [`{compadd -- \${(f)"$(${clusterNames})"}}`] : []),
    ];
    const rest = command.takesFile
      ? `'*:spec:{compadd -- ${words.join(" ")}; _files}'`
      : actions[0] === undefined
        ? ""
        : `'*:argument:${quote(actions[0])}'`;
    const third = command.subcommands
      .filter((sub) => sub.words.length > 0)
      .map(
        (sub) =>
          `if (( CURRENT > 2 )) && [[ $words[2] == ${sub.name} && $PREFIX != -* ]]; then compadd -- ${sub.words.join(" ")}; return; fi; `,
      );
    return `    ${command.name}) ${third.join("")}_arguments ${[...flags, rest].filter((part) => part !== "").join(" ")} ;;`;
  });
  return `#compdef hotfire
# zsh completion of hotfire; load it with: source <(hotfire completion zsh)
_hotfire() {
  local -a commands
  commands=(
${commands.map(({ name, summary }) => `    '${name}:${escaped(summary)}'`).join("\n")}
  )
  if (( CURRENT == 2 )); then _describe command commands; return; fi
  local name=\${words[2]}
  shift words; (( CURRENT-- ))
  case $name in
${cases.join("\n")}
  esac
}
compdef _hotfire hotfire
`;
}

function fish(commands: readonly CommandWords[]): string {
  const lines = [
    "# fish completion of hotfire",
    "function __hotfire_clusters",
    `    ${clusterNames}`,
    "end",
    "complete -c hotfire -f",
  ];
  for (const { name, summary, options, words, takesCluster, takesFile, subcommands } of commands) {
    const within = `-n '__fish_seen_subcommand_from ${name}'`;
    lines.push(`complete -c hotfire -n __fish_use_subcommand -a ${name} -d '${quote(summary)}'`);
    const all = [...options, ...subcommands.flatMap((sub) => sub.options)];
    for (const { long, short, description } of new Map(all.map((option) => [option.long, option])).values()) {
      const letter = short === undefined ? "" : ` -s ${short.slice(1)}`;
      lines.push(`complete -c hotfire ${within} -l ${long.slice(2)}${letter} -d '${quote(description)}'`);
    }
    const fixed = [...words, ...subcommands.map((sub) => sub.name)];
    if (fixed.length > 0) lines.push(`complete -c hotfire ${within} -a '${fixed.join(" ")}'`);
    for (const sub of subcommands.filter((one) => one.words.length > 0)) {
      lines.push(
        `complete -c hotfire -n '__fish_seen_subcommand_from ${name}; and __fish_seen_subcommand_from ${sub.name}' -a '${sub.words.join(" ")}'`,
      );
    }
    if (takesCluster) lines.push(`complete -c hotfire ${within} -a '(__hotfire_clusters)'`);
    if (takesFile) lines.push(`complete -c hotfire ${within} -F`);
  }
  return `${lines.join("\n")}\n`;
}
