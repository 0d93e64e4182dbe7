import "@fontsource-variable/inter/wght.css";
import "./styles/base.css";
import "./styles/frame.css";
import "./styles/bar.css";
import "./styles/board.css";
import "./styles/panels.css";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { asProblem } from "./api/problem";
import { App } from "./app/App";
import { startLanguage } from "./app/language";
import { dressDocument } from "./app/theme";

dressDocument();
await startLanguage();

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // What the server refused stays refused; what did not answer may answer in a moment.
      retry: (failures, error) => failures < 2 && [0, 502, 503, 504].includes(asProblem(error).status),
      refetchOnWindowFocus: false,
      networkMode: "always",
    },
    mutations: { networkMode: "always" },
  },
});

createRoot(document.getElementById("root") as HTMLElement).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
);
