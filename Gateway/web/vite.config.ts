import { defineConfig } from "vitest/config";

const gateway = "http://localhost:8080";

export default defineConfig({
  // Relative addresses, so that the screen also works below a path prefix.
  base: "./",
  build: {
    outDir: "../wwwroot",
    emptyOutDir: true,
    target: "es2023",
    chunkSizeWarningLimit: 600,
  },
  server: {
    proxy: {
      "/api": gateway,
      "/hubs": { target: gateway, ws: true },
    },
  },
  test: {
    include: ["src/**/*.test.ts"],
  },
});
