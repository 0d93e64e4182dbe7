import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: "../static",
    emptyOutDir: true,
    target: "es2022",
    // Nothing is inlined: the content security policy allows files of our own origin alone.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  // `npm run dev` shows the sources against a gateway that runs already.
  server: { proxy: { "/v1": "http://127.0.0.1:8080" } },
  test: { environment: "node", include: ["tests/**/*.test.ts"] },
});
