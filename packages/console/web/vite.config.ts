import { defineConfig } from "vite";

/** Everything in hashed files: the page's Content-Security-Policy allows nothing inline. */
export default defineConfig({
  root: import.meta.dirname,
  // Relative to <base>, which the server sets to where the console is.
  base: "./",
  build: {
    outDir: "../dist/web",
    emptyOutDir: true,
    target: "es2023",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { proxy: { "/api": process.env["HOTFIRE_CONSOLE"] ?? "http://127.0.0.1:8080" } },
});
