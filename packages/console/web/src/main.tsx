import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { ApiFailure } from "./api/client.ts";
import { App } from "./app.tsx";
import "uplot/dist/uPlot.min.css";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/shell.css";
import "./styles/parts.css";
import "./styles/views.css";

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 2000,
      // A refusal stays one; only silence is worth another try.
      retry: (times, error) => times < 2 && error instanceof ApiFailure && error.status === 0,
    },
  },
});
queries.getQueryCache().subscribe(({ query }) => {
  // The session has ended: what the page knows of it is asked again, and shows the login.
  const { error } = query.state;
  if (error instanceof ApiFailure && error.code === "LOGIN_REQUIRED" && query.queryKey[0] !== "session") {
    void queries.invalidateQueries({ queryKey: ["session"] });
  }
});

const root = document.querySelector("#root");
if (root === null) throw new Error("index.html has no #root");
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
);
