import type { Command } from "@commander-js/extra-typings";
import { clusterArgument, examples, json, parseShell, type Run } from "./common.ts";

export function addDoctor(program: Command, run: Run): void {
  program
    .command("doctor")
    .summary("check engine, memory, disk, ports, DNS and kernel")
    .description("Checks what clusters and drills need of this machine, each finding with its fix.")
    .addOption(json())
    .addHelpText("after", examples("hotfire doctor", "hotfire doctor --json"))
    .action((options) =>
      run(options, async (context) => (await import("../actions/doctor.ts")).doctor(context)),
    );
}

export function addImages(program: Command, run: Run): void {
  program
    .command("images")
    .summary("build the images whose sources changed")
    .description(
      "Builds the images of name server, broker and the drills' faults if they are missing or their sources changed.",
    )
    .addOption(json())
    .addHelpText("after", examples("hotfire images"))
    .action((options) =>
      run(options, async (context) => (await import("../actions/images.ts")).images(context)),
    );
}

export function addExport(program: Command, run: Run): void {
  program
    .command("export")
    .summary("write everything a bug report needs into a folder")
    .description(
      "Writes spec, Compose file, plan, containers, logs, status, verification, doctor's findings and versions into a folder. " +
        "Values of environment variables that look like secrets are left out.",
    )
    .argument("[name]", clusterArgument)
    .option("-o, --output <folder>", "folder to write (default: hotfire-NAME-TIME)")
    .addOption(json())
    .addHelpText("after", examples("hotfire export", "hotfire export blue -o /tmp/blue"))
    .action((name, options) =>
      run(options, async (context) =>
        (await import("../actions/export.ts")).exportCluster(context, name, options),
      ),
    );
}

export function addCompletion(program: Command, run: Run): void {
  program
    .command("completion")
    .summary("print a shell's completion script")
    .description("Prints the completion script of a shell.")
    .argument("<shell>", "bash, zsh or fish", parseShell)
    .addHelpText(
      "after",
      examples(
        "source <(hotfire completion bash)                                        in ~/.bashrc",
        "source <(hotfire completion zsh)                                         in ~/.zshrc",
        "hotfire completion fish > ~/.config/fish/completions/hotfire.fish",
      ),
    )
    .action((shell) =>
      run({}, async (context) =>
        (await import("../actions/completion.ts")).completion(context, program, shell),
      ),
    );
}
