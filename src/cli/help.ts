/** What help begins with: what people come to copy. */
const examples: Readonly<Record<string, ReadonlyArray<string>>> = {
  export: [
    "welkin export --out ./welkin --dry-run",
    "welkin export --out ./welkin",
    "welkin export --out ./recent --resources patients,tasks --since 2026-01-31T00:00:00Z"
  ],
  verify: ["welkin verify ./welkin", "welkin verify ./welkin --json"],
  convert: [
    "welkin convert ./welkin --format parquet",
    "welkin convert ./welkin --format csv --resources patients,tasks --out ./tables",
    "welkin convert ./welkin --format sqlite --force"
  ],
  doctor: ["welkin doctor", "welkin doctor --json", "welkin doctor --secret-file ~/.welkin-secret"],
  get: [
    "welkin get patients/ID",
    "welkin get '/{tenant}/{instance}/formations/current/cdts'",
    "welkin get 'users?page=0&size=5' --verbose"
  ],
  simulate: ["welkin simulate", "welkin simulate --port 8787 --seed 7 --patients 500"],
  endpoints: ["welkin endpoints"],
  completions: [
    "source <(welkin completions bash)",
    "welkin completions zsh > ~/.zfunc/_welkin",
    "welkin completions fish > ~/.config/fish/completions/welkin.fish"
  ]
}

const first = ["welkin doctor", "welkin export --out ./welkin", "welkin verify ./welkin"]

const docs = "https://www.npmjs.com/package/effect-welkin"

/** What the parser says of every option, and what says nothing. */
const noise = /^ +(?:A user-defined piece of text|A true or false value|This setting is optional)\.\n\n?/gm

/** Help as it is printed: examples and a link first, then what the parser knows, without its banner. */
export const text = (command: string | undefined, parsers: string): string =>
  [
    ...(command === undefined ? first : (examples[command] ?? [])).map((example) => `  $ ${example}`),
    "",
    `  Docs: ${docs}`,
    "",
    parsers
      .replace(/^\S*welkin\S*\n+/, "")
      // a command's options are its own help's
      .replace(/^ {2}- (\S+)[^\n]*? {2,}(\S[^\n]*)\n?$/gm, (_, name: string, what: string) => `  ${name.padEnd(12)}${what}`)
      .replace(`${command === undefined ? "$ welkin" : `$ ${command}`}`, `$ welkin ${command ?? "COMMAND"}`)
      .replace(noise, "")
      .trim(),
    "",
    "-h, --help shows this, --version the version. Options and arguments may stand in any order."
  ].join("\n")
