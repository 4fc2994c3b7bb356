/** Switches the time axis between its views and shows the time under the pointer. The page is whole without it. */
export const script = `
(() => {
  const timeline = document.querySelector(".timeline");
  if (!timeline) return;
  const buttons = [...timeline.querySelectorAll("button[data-from]")];
  let view;
  const show = (button) => {
    view = { from: Number(button.dataset.from), to: Number(button.dataset.to), zero: Number(button.dataset.zero) };
    timeline.style.setProperty("--f", view.from);
    timeline.style.setProperty("--u", view.to);
    timeline.dataset.view = button.dataset.view;
    for (const svg of timeline.querySelectorAll("svg.timed")) {
      svg.setAttribute("viewBox", view.from + " 0 " + (view.to - view.from) + " " + svg.dataset.height);
    }
    for (const other of buttons) other.setAttribute("aria-pressed", String(other === button));
    for (const ticks of timeline.querySelectorAll(".ticks")) ticks.hidden = ticks.dataset.view !== button.dataset.view;
    timeline.querySelector(".pointer").hidden = true;
    hideShort();
  };
  const hideShort = () => {
    for (const text of timeline.querySelectorAll(".on-span")) {
      text.style.visibility = text.clientWidth < 26 ? "hidden" : "";
    }
  };
  for (const button of buttons) button.addEventListener("click", () => show(button));
  const line = timeline.querySelector(".pointer");
  const plots = timeline.querySelector(".lane.axis .plot");
  timeline.addEventListener("pointermove", (event) => {
    const area = plots.getBoundingClientRect();
    const share = (event.clientX - area.left) / area.width;
    line.hidden = share < 0 || share > 1;
    if (line.hidden) return;
    const at = (view.from + share * (view.to - view.from) - view.zero) / 1000;
    line.style.left = event.clientX - timeline.getBoundingClientRect().left + "px";
    line.firstChild.textContent = (view.zero > 0 && at > 0 ? "+" : "") + at.toFixed(3) + " s";
  });
  timeline.addEventListener("pointerleave", () => { line.hidden = true; });
  addEventListener("resize", hideShort);
  if (buttons[0]) show(buttons[0]);
})();
`;
