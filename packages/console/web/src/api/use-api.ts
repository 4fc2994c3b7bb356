import type { EndpointName, Input, Output } from "@hotfire/console/api";
import { type UseQueryResult, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type ApiFailure, api } from "./client.ts";

interface QueryOptions {
  /** Asks again so often while the view is open. */
  readonly everyMs?: number;
  readonly enabled?: boolean;
}

/** A read of the API, cached by what it asks. */
export function useApi<N extends EndpointName>(
  name: N,
  input: Input<N>,
  { everyMs, enabled = true }: QueryOptions = {},
): UseQueryResult<Output<N>, ApiFailure> {
  return useQuery<Output<N>, ApiFailure>({
    queryKey: [name, input],
    queryFn: ({ signal }) => api(name, input, signal),
    enabled,
    ...(everyMs === undefined ? {} : { refetchInterval: everyMs }),
  });
}

/** A change through the API. What was read before is asked again after it. */
export function useChange<N extends EndpointName>(name: N) {
  const queries = useQueryClient();
  const [outcome, setOutcome] = useState<Output<N>>();
  const mutation = useMutation<Output<N>, ApiFailure, Input<N>>({
    mutationFn: (input) => api(name, input),
    onSuccess: async (result) => {
      setOutcome(() => result);
      await queries.invalidateQueries();
    },
  });
  return { ...mutation, outcome };
}
