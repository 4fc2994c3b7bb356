import { type ReactNode, useEffect, useRef } from "react";
import uPlot from "uplot";
import { clock, rate } from "../format.ts";

export interface Line {
  readonly name: string;
  /** Name of a CSS custom property. */
  readonly colour: string;
  readonly values: readonly number[];
}

interface ChartProps {
  readonly label: string;
  /** Milliseconds since 1970. */
  readonly times: readonly number[];
  readonly lines: readonly Line[];
  readonly marks?: readonly { readonly at: number; readonly text: string }[];
  readonly height?: number;
}

/** Rates over time. It is drawn on a canvas, so `label` says in words what it shows. */
export function Chart({ label, times, lines, marks = [], height = 150 }: ChartProps): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(null);
  const shown = useRef(marks);
  shown.current = marks;
  const names = lines.map(({ name, colour }) => `${name} ${colour}`).join("|");

  // biome-ignore lint/correctness/useExhaustiveDependencies: made again only when the lines themselves are others
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const draw = () => {
      plot.current?.destroy();
      const colour = (name: string) => getComputedStyle(element).getPropertyValue(name).trim();
      const axis = {
        stroke: colour("--quiet"),
        grid: { stroke: colour("--line"), width: 1 },
        ticks: { show: false },
        font: "11px system-ui",
      };
      const options: uPlot.Options = {
        width: element.clientWidth,
        height,
        cursor: { y: false },
        legend: { show: false },
        scales: { y: { range: (_, __, max) => [0, Math.max(1, max * 1.1)] } },
        axes: [
          { ...axis, values: (_, ticks) => ticks.map((at) => clock(at * 1000)), space: 90, size: 28 },
          { ...axis, values: (_, ticks) => ticks.map(rate), size: 46 },
        ],
        series: [
          {},
          ...lines.map((line) => ({
            label: line.name,
            stroke: colour(line.colour),
            width: 1.5,
            points: { show: false },
          })),
        ],
        hooks: { draw: [(self) => drawMarks(self, shown.current, colour("--bad"))] },
      };
      plot.current = new uPlot(options, dataOf(times, lines), element);
    };
    draw();
    const resize = new ResizeObserver(() => plot.current?.setSize({ width: element.clientWidth, height }));
    resize.observe(element);
    const theme = new MutationObserver(draw);
    theme.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    dark.addEventListener("change", draw);
    return () => {
      resize.disconnect();
      theme.disconnect();
      dark.removeEventListener("change", draw);
      plot.current?.destroy();
      plot.current = null;
    };
  }, [names, height]);

  useEffect(() => {
    plot.current?.setData(dataOf(times, lines));
  }, [times, lines]);

  return (
    <figure className="chart">
      <figcaption>
        {lines.map((line) => (
          <span key={line.name} className="key">
            <i className={`swatch ${line.colour.slice(2)}`} aria-hidden="true" />
            {line.name} <b>{rate(line.values.at(-1) ?? 0)}</b>
          </span>
        ))}
      </figcaption>
      <div ref={box} role="img" aria-label={label} />
    </figure>
  );
}

function dataOf(times: readonly number[], lines: readonly Line[]): uPlot.AlignedData {
  return [times.map((at) => at / 1000), ...lines.map(({ values }) => [...values])];
}

function drawMarks(
  plot: uPlot,
  marks: readonly { readonly at: number; readonly text: string }[],
  colour: string,
): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.strokeStyle = colour;
  ctx.fillStyle = colour;
  ctx.setLineDash([4, 3]);
  let free = bbox.left;
  for (const { at, text } of marks.toSorted((one, other) => one.at - other.at)) {
    const x = plot.valToPos(at / 1000, "x", true);
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    if (x < free) continue;
    ctx.fillText(text, x + 4, bbox.top + 10);
    free = x + ctx.measureText(text).width + 12;
  }
  ctx.restore();
}
