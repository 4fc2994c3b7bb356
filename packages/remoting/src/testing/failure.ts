import { RemotingError } from "../errors/remoting-error.ts";

/** The RemotingError a promise rejects with; fails the test if it does anything else. */
export async function failureOf(promise: Promise<unknown>): Promise<RemotingError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof RemotingError) return error;
    throw error;
  }
  throw new Error("expected a RemotingError, but it succeeded");
}

/** The RemotingError a function throws. */
export function thrownBy(run: () => unknown): RemotingError {
  try {
    run();
  } catch (error) {
    if (error instanceof RemotingError) return error;
    throw error;
  }
  throw new Error("expected a RemotingError, but it returned");
}
