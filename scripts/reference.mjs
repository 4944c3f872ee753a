// Writes the reference of every public module as a site, docs/reference/index.html.
import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { Application } from "typedoc"

const root = fileURLToPath(new URL("..", import.meta.url))
const { exports } = JSON.parse(readFileSync(`${root}package.json`, "utf8"))

const app = await Application.bootstrapWithPlugins({
  entryPoints: Object.values(exports).flatMap((target) =>
    target?.types === undefined ? [] : [root + target.types.replace("./dist/", "src/").replace(".d.ts", ".ts")]
  ),
  tsconfig: `${root}scripts/tsconfig.build.json`,
  basePath: root,
  name: "effect-welkin",
  readme: `${root}README.md`,
  excludePrivate: true,
  excludeInternal: true,
  // A checkout need not have a remote to link to.
  disableSources: true,
  logLevel: "Warn"
})

const project = await app.convert()
if (project !== undefined) await app.generateDocs(project, `${root}docs/reference`)
if (app.logger.hasErrors()) process.exitCode = 1
