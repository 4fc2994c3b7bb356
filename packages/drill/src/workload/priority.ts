import { constants, setPriority } from "node:os";

/** Puts this process before others in the scheduler's eyes, for precise sends; whether it was permitted. */
export function raisePriority(): boolean {
  try {
    setPriority(constants.priority.PRIORITY_ABOVE_NORMAL - 3);
    return true;
  } catch {
    return false;
  }
}
