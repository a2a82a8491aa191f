// Builds what goldenthread.design serves. The built files are committed, so that nobody needs Node
// to install or run the product.
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import { compile } from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "node_modules");
const out = join(here, "..", "src", "goldenthread", "design", "static", "design");
const font = join(modules, "@fontsource", "atkinson-hyperlegible-next");
const faces = ["400-normal", "400-italic", "700-normal"];

rmSync(out, { recursive: true, force: true });
mkdirSync(join(out, "fonts"), { recursive: true });

const { css } = compile(join(here, "scss", "app.scss"), {
  style: "compressed",
  loadPaths: [modules],
  quietDeps: true,
});
writeFileSync(join(out, "app.css"), `${css}\n`);

buildSync({
  entryPoints: [join(here, "app.js")],
  outfile: join(out, "app.js"),
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  legalComments: "none",
});

for (const face of faces) {
  const name = `atkinson-hyperlegible-next-latin-${face}.woff2`;
  cpSync(join(font, "files", name), join(out, "fonts", name));
}
cpSync(join(font, "LICENSE"), join(out, "fonts", "OFL.txt"));
for (const name of ["favicon.svg", "LICENCES.txt"]) cpSync(join(here, name), join(out, name));
