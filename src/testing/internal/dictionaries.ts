import * as Either from "effect/Either"
import { bad, type Call, type Handler, objectBody, reads, word } from "./call.js"
import * as Designer from "./designer.js"
import * as Ids from "./ids.js"
import { instant, isObject, type JsonObject } from "./json.js"
import { once } from "./population.js"
import { key } from "./random.js"
import * as Records from "./records.js"
import * as Reply from "./reply.js"
import * as Table from "./table.js"
import * as World from "./world.js"

interface Entry {
  readonly id: string
  readonly dictionaryName: string
  readonly createdAt: string
  readonly updatedAt: string
  readonly deleted: boolean
  readonly values: JsonObject
}

/** Before any patient. */
const filled = Date.UTC(2017, 5, 1)

const given = Designer.dictionaries.flatMap(({ entries, fields, name }) =>
  entries.map((values) => ({
    dictionaryName: name,
    values: Object.fromEntries(fields.map((field, at) => [field, values[at]!]))
  }))
)

/** The entries of all dictionaries. A few have been deleted. */
const kind: Table.Kind<Entry> = {
  name: "dictionaryEntries",
  base: once(({ seed }) => {
    const ids = Ids.make(key(seed, "dictionaryEntry.id"))
    const at = (index: number) => filled + index * 1000
    return Table.base({
      span: given.length,
      ids,
      at: (index) => ({
        id: ids.encode(index, at(index)),
        createdAt: instant(at(index)),
        updatedAt: instant(at(index)),
        deleted: index % 25 === 24,
        ...given[index]!
      }),
      ranks: given.length,
      ranked: (rank) => rank,
      changedAt: at
    })
  }),
  idOf: ({ id }) => id,
  changedAt: ({ updatedAt }) => Date.parse(updatedAt)
}

/** An entry in the service's words. */
const view = ({ dictionaryName: _, values, ...entry }: Entry) => ({ ...entry, fullValue: Object.values(values).join(" "), values })

const dictionaryAt = (call: Call): Reply.Or<Designer.Dictionary> => {
  const found = Designer.dictionaries.find(({ name }) => name === call.path.dictionaryName)
  return found === undefined ? Records.missing(call, "There is no such dictionary.") : Either.right(found)
}

/** A dictionary whose entries may be written. */
const fillable = (call: Call): Reply.Or<Designer.Dictionary> =>
  Either.flatMap(dictionaryAt(call), (dictionary) =>
    dictionary.internal ? bad(call, "The entries of this dictionary are fixed.") : Either.right(dictionary)
  )

const entriesOf = (world: World.World, { name }: Designer.Dictionary): ReadonlyArray<Records.Found<Entry>> => {
  const table = World.table(world, kind)
  return Array.from({ length: table.changes.span }, (_, index) => index).flatMap((index) => {
    const record = Table.at(table, index)
    return record?.dictionaryName === name ? [{ index, record }] : []
  })
}

const existing = (call: Call, world: World.World, { name }: Designer.Dictionary): Reply.Or<Records.Found<Entry>> => {
  const found = Records.byId(world, kind, call.path.recordId!)
  return found?.record.dictionaryName === name ? Either.right(found) : Records.missing(call, "There is no such entry.")
}

/** Entries of a dictionary, and when the last of them all changed. */
const told = (status: number, world: World.World, dictionary: Designer.Dictionary, entries: ReadonlyArray<Entry>): Reply.Reply =>
  Reply.json(status, {
    dictionaryName: dictionary.name,
    lastUpdatedAt:
      entriesOf(world, dictionary)
        .map(({ record }) => record.updatedAt)
        .toSorted()
        .at(-1) ?? instant(filled),
    records: entries.map(view)
  })

const get = reads((call, world) =>
  Either.gen(function* () {
    const { record } = yield* existing(call, world, yield* dictionaryAt(call))
    return Reply.json(200, view(record))
  })
)

const list = reads((call, world) =>
  Either.gen(function* () {
    const dictionary = yield* dictionaryAt(call)
    const from = (yield* Records.moment(call, "dateStart")) ?? Number.NEGATIVE_INFINITY
    const before = (yield* Records.moment(call, "dateEnd")) ?? Number.POSITIVE_INFINITY
    const withDeleted = (yield* word(call, "showDeleted", ["true", "false"])) === "true"
    const entries = entriesOf(world, dictionary).flatMap(({ record }) => {
      const at = kind.changedAt(record)
      return at >= from && at < before && (withDeleted || !record.deleted) ? [record] : []
    })
    return told(200, world, dictionary, entries)
  })
)

/** The values of an entry: one text for each field of the dictionary. */
const valuesIn = (call: Call, { fields }: Designer.Dictionary, { values }: JsonObject): Reply.Or<JsonObject> => {
  const fits =
    isObject(values) &&
    fields.every((field) => typeof values[field] === "string") &&
    Object.keys(values).every((field) => fields.includes(field))
  return fits ? Either.right(values) : bad(call, "An entry holds a text for each field of its dictionary.", { field: "values" })
}

/** Adds the entries of a body. */
const added = (call: Call, world: World.World, dictionary: Designer.Dictionary) =>
  Either.gen(function* () {
    const { records } = yield* Records.taken(call, yield* objectBody(call), { records: Records.isList }, ["records"])
    const entries: Array<Entry> = []
    let next = world
    for (const record of records as ReadonlyArray<JsonObject>) {
      const values = yield* valuesIn(call, dictionary, record)
      const [entry, after] = World.create(next, call.now, kind, (id, at) => ({
        id,
        dictionaryName: dictionary.name,
        createdAt: instant(at),
        updatedAt: instant(at),
        deleted: false,
        values
      }))
      next = after
      entries.push(entry)
    }
    return [told(201, next, dictionary, entries), next] as const
  })

const create: Handler = (call, world) => Either.flatMap(fillable(call), (dictionary) => added(call, world, dictionary))

/** The entries before are gone for good, not even kept as deleted. A PUT that answers 201, as documented. */
const replaceAll: Handler = (call, world) =>
  Either.flatMap(fillable(call), (dictionary) => {
    const emptied = entriesOf(world, dictionary).reduce((next, { index }) => World.remove(next, kind, index), world)
    return added(call, emptied, dictionary)
  })

const changed = (call: Call, world: World.World, { index, record }: Records.Found<Entry>, change: Partial<Entry>) => {
  const [entry, next] = World.replace(world, call.now, kind, index, (at) => ({ ...record, updatedAt: instant(at), ...change }))
  return [Reply.json(200, view(entry)), next] as const
}

/** An entry that was not deleted, and whose dictionary may be written. */
const living = (call: Call, world: World.World, dictionary: Designer.Dictionary): Reply.Or<Records.Found<Entry>> =>
  Either.flatMap(existing(call, world, dictionary), (found) =>
    found.record.deleted ? Records.missing(call, "The entry was deleted.") : Either.right(found)
  )

const update: Handler = (call, world) =>
  Either.gen(function* () {
    const dictionary = yield* fillable(call)
    const found = yield* living(call, world, dictionary)
    return changed(call, world, found, { values: yield* valuesIn(call, dictionary, yield* objectBody(call)) })
  })

/** The entry stays, with a mark on it, and is the answer. */
const remove: Handler = (call, world) =>
  Either.gen(function* () {
    const found = yield* living(call, world, yield* fillable(call))
    return changed(call, world, found, { deleted: true })
  })

export const handlers = {
  "dictionaries.list": list,
  "dictionaries.get": get,
  "dictionaries.create": create,
  "dictionaries.replaceAll": replaceAll,
  "dictionaries.update": update,
  "dictionaries.remove": remove
}
