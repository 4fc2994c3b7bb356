import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

// What engine.sh says on a machine without Docker. Nobody is there to agree, so it changes nothing.

let machine: string;

beforeAll(async () => {
  machine = await mkdtemp(join(tmpdir(), "hotfire-machine-"));
  for (const folder of ["/bin", "/usr/bin"]) {
    for (const tool of await readdir(folder)) {
      if (/^(docker|podman)/.test(tool)) continue;
      await symlink(join(folder, tool), join(machine, tool)).catch(() => {});
    }
  }
  // Present on every system that can install, needed by none of these tests.
  for (const tool of ["apt-get", "sudo"]) await symlink("/bin/false", join(machine, tool)).catch(() => {});
});

afterAll(() => rm(machine, { recursive: true }));

interface Answer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function engineOn(osRelease: string): Promise<Answer> {
  const file = join(machine, "os-release");
  await writeFile(file, osRelease);
  const env = { PATH: machine, HOME: machine, HOTFIRE_OS_RELEASE: file };
  return new Promise((resolve) => {
    const child = execFile(join(import.meta.dirname, "engine.sh"), { env }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === "number" ? error.code : 0, stdout, stderr });
    });
    child.stdin?.end();
  });
}

describe.runIf(process.platform === "linux")("a machine without an Engine", () => {
  it("is told what would be installed on Debian 12, and from where", async () => {
    const { code, stdout, stderr } = await engineOn(
      'ID=debian\nVERSION_ID="12"\nVERSION_CODENAME=bookworm\n',
    );
    expect(stderr).toMatch(
      /install {2}runc iptables ca-certificates docker.io containerd docker-cli docker-compose docker-buildx/,
    );
    expect(stderr).toContain(
      "docker.io containerd docker-cli docker-compose docker-buildx come from Debian 13",
    );
    expect(stderr).toContain("nothing was changed");
    expect(stderr).toContain("YES=1");
    expect(code).toBe(4);
    expect(stdout).toBe("");
  });

  it("takes Debian 13's own packages there", async () => {
    const { stderr } = await engineOn('ID=debian\nVERSION_ID="13"\nVERSION_CODENAME=trixie\n');
    expect(stderr).toContain("docker-compose docker-buildx");
    expect(stderr).not.toContain("come from");
  });

  it.each(["22.04", "24.04"])("takes Ubuntu %s's names for Compose", async (version) => {
    const { code, stderr } = await engineOn(`ID=ubuntu\nID_LIKE=debian\nVERSION_ID="${version}"\n`);
    expect(stderr).toContain("docker-compose-v2 docker-buildx");
    expect(stderr).not.toContain("docker-cli");
    expect(code).toBe(4);
  });

  it.each([
    ["Fedora", "ID=fedora\nVERSION_ID=42\n", "sudo dnf -y install docker-ce"],
    [
      "Rocky Linux",
      'ID="rocky"\nID_LIKE="rhel centos fedora"\nVERSION_ID="9.5"\n',
      "linux/rhel/docker-ce.repo",
    ],
    ["Arch Linux", "ID=arch\n", "pacman -S docker docker-compose docker-buildx"],
    ["Alpine", "ID=alpine\nVERSION_ID=3.22.0\n", "apk add docker docker-cli-compose"],
    ["an unknown system", "ID=plan9\n", "https://docs.docker.com/engine/install/"],
    ["Debian 11", 'ID=debian\nVERSION_ID="11"\n', "https://docs.docker.com/engine/install/"],
  ])("gets the steps for %s", async (_name, osRelease, step) => {
    const { code, stderr } = await engineOn(osRelease);
    expect(stderr).toContain(step);
    expect(stderr).toContain("Compose >= 2.23");
    expect(code).toBe(4);
  });
});
