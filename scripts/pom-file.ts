import { readFileSync } from "node:fs";
import { rocketmqVersion } from "@hotfire/topology";

interface Jar {
  readonly group: string;
  readonly artifact: string;
  readonly version: string;
  readonly classifier: string | undefined;
}

/** The jars of a list of docker/: sha256, image, arch and path in Maven's layout. */
function jarsOf(path: string): Jar[] {
  const lines = readFileSync(new URL(`../docker/${path}`, import.meta.url), "utf8").split("\n");
  return lines
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => jarAt(line.split(" ")[3] ?? ""));
}

/** `io/netty/netty-buffer/4.1/netty-buffer-4.1.jar`; a classifier stands behind the version. */
function jarAt(path: string): Jar {
  const parts = path.split("/");
  const [artifact = "", version = "", file = ""] = parts.slice(-3);
  const classifier = file.slice(`${artifact}-${version}-`.length, -".jar".length);
  return { group: parts.slice(0, -3).join("."), artifact, version, classifier: classifier || undefined };
}

function dependency({ group, artifact, version, classifier }: Jar, scope: string): string {
  const element = (name: string, value: string): string => `<${name}>${value}</${name}>`;
  return `    ${element(
    "dependency",
    [
      element("groupId", group),
      element("artifactId", artifact),
      element("version", version),
      classifier === undefined ? "" : element("classifier", classifier),
      element("scope", scope),
      element("exclusions", element("exclusion", element("groupId", "*") + element("artifactId", "*"))),
    ].join(""),
  )}`;
}

/**
 * docker/pom.xml: the launcher, its tests and the simulation as an editor understands them. The lists name every jar, so each
 * dependency stands for itself and brings no other: the class path is that of the images.
 */
export function pomFile(): string {
  const dependencies = [
    ...jarsOf(`jars/${rocketmqVersion}.txt`).map((jar) => dependency(jar, "compile")),
    ...["launcher-tests/jars.txt", "simulation/jars.txt"]
      .flatMap(jarsOf)
      .map((jar) => dependency(jar, "test")),
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>
<!-- For editors, and for \`mvn -f docker/pom.xml test-compile\`. The images are built without it, by javac (build/make-launcher.sh).
     Made by scripts/pom-file.ts of the lists of jars: change those, then \`make render\`. -->
<project xmlns="http://maven.apache.org/POM/4.0.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xsi:schemaLocation="http://maven.apache.org/POM/4.0.0 https://maven.apache.org/xsd/maven-4.0.0.xsd">
  <modelVersion>4.0.0</modelVersion>
  <groupId>io.hotfire</groupId>
  <artifactId>launcher</artifactId>
  <version>0</version>
  <properties>
    <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
  </properties>
  <build>
    <directory>\${project.basedir}/../.hotfire/maven</directory>
    <sourceDirectory>launcher</sourceDirectory>
    <resources>
      <resource>
        <directory>launcher</directory>
        <includes>
          <include>META-INF/**</include>
        </includes>
      </resource>
    </resources>
    <testSourceDirectory>launcher-tests</testSourceDirectory>
    <plugins>
      <plugin>
        <groupId>org.codehaus.mojo</groupId>
        <artifactId>build-helper-maven-plugin</artifactId>
        <version>3.6.0</version>
        <executions>
          <execution>
            <id>simulation</id>
            <goals>
              <goal>add-test-source</goal>
            </goals>
            <configuration>
              <sources>
                <source>simulation/java</source>
              </sources>
            </configuration>
          </execution>
        </executions>
      </plugin>
      <plugin>
        <groupId>org.apache.maven.plugins</groupId>
        <artifactId>maven-compiler-plugin</artifactId>
        <version>3.13.0</version>
        <configuration>
          <proc>none</proc>
        </configuration>
        <executions>
          <execution>
            <id>default-compile</id>
            <configuration>
              <release>21</release>
            </configuration>
          </execution>
          <execution>
            <id>default-testCompile</id>
            <configuration>
              <!-- The simulation's continuations are the JDK's own: a release would hide them. -->
              <source>21</source>
              <target>21</target>
              <compilerArgs>
                <arg>--add-exports=java.base/jdk.internal.vm=ALL-UNNAMED</arg>
              </compilerArgs>
            </configuration>
          </execution>
        </executions>
      </plugin>
    </plugins>
  </build>
  <dependencies>
${dependencies.join("\n")}
  </dependencies>
</project>
`;
}
