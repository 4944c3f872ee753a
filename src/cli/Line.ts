import * as Command from "@effect/cli/Command"
import * as CommandDescriptor from "@effect/cli/CommandDescriptor"
import type * as Usage from "@effect/cli/Usage"
import * as Either from "effect/Either"
import * as Option from "effect/Option"
import * as Failure from "./Failure.js"
import { nearest } from "./nearest.js"

/** An option of a command. */
export interface Flag {
  /** As it is written out, without its dashes. */
  readonly name: string
  /** All that it may be written as, dashes included. */
  readonly spellings: ReadonlyArray<string>
  /** What its value is called, or the values there are; undefined where it takes none. */
  readonly takes: string | undefined
}

/** The commands and their options. */
export type Grammar = ReadonlyMap<string, ReadonlyArray<Flag>>

/** A command line, taken apart. */
export interface Line {
  readonly command: string
  readonly options: ReadonlyArray<{ readonly flag: Flag; readonly value: string | undefined }>
  readonly words: ReadonlyArray<string>
}

const named = (usage: Usage.Usage): ReadonlyArray<Usage.Named> => {
  switch (usage._tag) {
    case "Named":
      return [usage]
    case "Optional":
    case "Repeated":
      return named(usage.usage)
    case "Alternation":
    case "Concat":
      return [...named(usage.left), ...named(usage.right)]
    default:
      return []
  }
}

/** Reads off a command what its subcommands take, so that nothing has to be said twice. */
export const grammarOf = (command: Command.Command<any, any, any, any>): Grammar =>
  new Map(
    Array.from(Command.getSubcommands(command), ([name, descriptor]) => [
      name,
      named(CommandDescriptor.getUsage(descriptor)).flatMap(({ acceptedValues, names }) => {
        const long = names.find((spelling) => spelling.startsWith("--"))
        return long === undefined
          ? []
          : [{ name: long.slice(2), spellings: names, takes: Option.getOrUndefined(acceptedValues)?.replace(/^<|>$/g, "") }]
      })
    ])
  )

const spelt = (flags: Iterable<Flag>, spelling: string): Flag | undefined => {
  for (const flag of flags) if (flag.spellings.includes(spelling)) return flag
  return undefined
}

/** Splits `--out=DIR`, and `-qn` into its letters. */
const pieces = (word: string, flags: ReadonlyArray<Flag>): ReadonlyArray<string> => {
  const equals = /^(--[^=]+)=(.*)$/s.exec(word)
  if (equals !== null) return spelt(flags, equals[1]!)?.takes === undefined ? [word] : [equals[1]!, equals[2]!]
  const letters = /^-[A-Za-z]{2,}$/.test(word) ? Array.from(word.slice(1), (letter) => `-${letter}`) : [word]
  return letters.every((letter) => spelt(flags, letter) !== undefined) ? letters : [word]
}

const commandOf = (grammar: Grammar, args: ReadonlyArray<string>): string | undefined => {
  const all = Array.from(grammar.values()).flat()
  for (let at = 0; at < args.length; at++) {
    const word = args[at]!
    if (word === "--") return undefined
    if (!word.startsWith("-")) return word
    // the value of an option is no command
    if (spelt(all, word)?.takes !== undefined) at++
  }
  return undefined
}

/** Ends a sentence about how something was used. */
export const misused = (sentence: string, command?: string): Failure.Failure =>
  Failure.usage(`${sentence} Try: welkin ${command === undefined ? "" : `${command} `}--help`)

const meaning = (word: string, words: ReadonlyArray<string>): string => {
  const meant = nearest(word, words)
  return meant === undefined ? "." : `; did you mean "${meant}"?`
}

// an option may be misspelt, but what looks like no option at all could be anything: it is not repeated
const shown = (word: string): string => (/^--?[a-z][a-z-]{0,30}$/.test(word) ? ` ${word}` : "")

/** Takes a command line apart. The order of options, words and the command is free. What is wrong is told without any value. */
export const read = (grammar: Grammar, args: ReadonlyArray<string>): Either.Either<Line, Failure.Failure> => {
  const command = commandOf(grammar, args)
  const flags = grammar.get(command ?? "")
  const commands = Array.from(grammar.keys())
  if (command === undefined) return Either.left(misused(`"welkin" needs a command: ${commands.join(", ")}.`))
  if (flags === undefined) return Either.left(misused(`"welkin" has no such command${meaning(command, commands)}`))
  const problem = (sentence: string) => Either.left(misused(sentence, command))
  const cut = args.includes("--") ? args.indexOf("--") : args.length
  const rest = args.slice(0, cut).flatMap((word) => (word.startsWith("-") && word !== "-" ? pieces(word, flags) : [word]))
  const options: Array<Line["options"][number]> = []
  const words: Array<string> = []
  let isCommandSeen = false
  for (let at = 0; at < rest.length; at++) {
    const word = rest[at]!
    if (!word.startsWith("-") || word === "-") {
      if (isCommandSeen) words.push(word)
      else isCommandSeen = true
      continue
    }
    const flag = spelt(flags, word)
    if (flag === undefined) {
      const [name] = word.split("=") as [string]
      if (spelt(flags, name) !== undefined) return problem(`${name} takes no value.`)
      const known = flags.flatMap(({ spellings }) => spellings)
      return problem(`"welkin ${command}" has no such option${shown(name)}${meaning(name, known)}`)
    }
    const name = `--${flag.name}`
    if (options.some((option) => option.flag === flag)) return problem(`${name} is given twice.`)
    if (flag.takes === undefined) {
      options.push({ flag, value: undefined })
      continue
    }
    const value = rest[++at]
    if (value === undefined) return problem(`${name} needs a value: ${flag.takes}.`)
    const choices = flag.takes.split(" | ")
    if (choices.length > 1 && !choices.includes(value)) return problem(`${name} must be one of ${choices.join(", ")}.`)
    options.push({ flag, value })
  }
  return Either.right({ command, options, words: [...words, ...args.slice(cut + 1)] })
}

/** The line in the one way in which it cannot be misunderstood. */
export const write = ({ command, options, words }: Line): ReadonlyArray<string> => [
  command,
  ...options.flatMap(({ flag, value }) => (value === undefined ? [`--${flag.name}`] : [`--${flag.name}`, value])),
  ...(words.length === 0 ? [] : ["--", ...words])
]
