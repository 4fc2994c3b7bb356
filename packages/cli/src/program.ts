import { Command } from "@commander-js/extra-typings";
import { addDown, addList, addStatus, addUp, addVerify } from "./commands/clusters.ts";
import { examples, type Run } from "./commands/common.ts";
import { addConfig, addDiff, addImport, addLint } from "./commands/config.ts";
import { addConsole } from "./commands/console.ts";
import { addGroup, addTopic } from "./commands/data.ts";
import { addChaos, addDrill, addHeal } from "./commands/drills.ts";
import { addCompletion, addDoctor, addExport, addImages } from "./commands/machine.ts";
import { addLogs, addNode, addRestart, addSwitchover } from "./commands/nodes.ts";
import { addInit, addRender } from "./commands/specs.ts";
import { styleFor } from "./output/style.ts";
import { version } from "./version.ts";

const exitCodeHelp = `

Exit codes:
  0    done, all claims hold              3    a mistake in arguments or spec
  1    a check or drill failed,           4    the engine or the machine
       a node died                        70   a bug of hotfire
  2    a deadline passed, or a drill      130  interrupted
       could not be judged

With NO_COLOR set, or off a terminal, output has no colours. Progress goes to stderr, facts to stdout.`;

/** The whole command line. Actions load their code when they run, so that help and completion are quick. */
export function createProgram(run: Run): Command {
  const program = new Command("hotfire")
    .description("Apache RocketMQ 5.5.0 in Docker, as clusters that are proven to fail over.")
    .usage("<command> [options]")
    .version(version, "-V, --version", "print the version")
    .helpOption("-h, --help", "print help for a command")
    .helpCommand(false)
    .configureHelp({
      styleTitle: (title) => styleFor(process.stdout).bold(title),
      subcommandTerm: (command) =>
        [command.name(), ...command.registeredArguments.map((argument) => nameOf(argument))].join(" "),
    })
    .configureOutput({
      outputError: (text, write) =>
        write(text.replace(/^error: /, `${styleFor(process.stderr).bad("error")} `)),
    })
    .exitOverride()
    .addHelpText(
      "after",
      examples(
        "hotfire up dledger                     a three-node DLedger group with two name servers",
        "hotfire status                         roles, addresses, replication, memory",
        "hotfire verify                         prove what the mode promises",
        "hotfire node kill broker-a:leader      make the leader disappear",
        "hotfire drill run writer-kill          the same under load, with a verdict and a report",
        "hotfire down                           remove it all",
      ) + exitCodeHelp,
    );

  program.commandsGroup("Clusters:");
  addUp(program, run);
  addDown(program, run);
  addList(program, run);
  addStatus(program, run);
  addVerify(program, run);
  addConsole(program, run);
  program.commandsGroup("Drills:");
  addDrill(program, run);
  addChaos(program, run);
  addHeal(program, run);
  program.commandsGroup("Data:");
  addTopic(program, run);
  addGroup(program, run);
  program.commandsGroup("Nodes:");
  addNode(program, run);
  addSwitchover(program, run);
  addRestart(program, run);
  addLogs(program, run);
  program.commandsGroup("Specs:");
  addInit(program, run);
  addRender(program, run);
  program.commandsGroup("RocketMQ's files:");
  addLint(program, run);
  addImport(program, run);
  addDiff(program, run);
  addConfig(program, run);
  program.commandsGroup("This machine:");
  addDoctor(program, run);
  addImages(program, run);
  addExport(program, run);
  addCompletion(program, run);
  return program;
}

/** `[name...]` for a list that may be empty, `<shell>` for what must be there. */
function nameOf(argument: {
  name(): string;
  readonly required: boolean;
  readonly variadic: boolean;
}): string {
  const name = `${argument.name()}${argument.variadic ? "..." : ""}`;
  return argument.required ? `<${name}>` : `[${name}]`;
}
