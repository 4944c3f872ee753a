import { describe, expect, it } from "@effect/vitest"
import * as FastCheck from "effect/FastCheck"
import * as Ids from "../../../src/testing/internal/ids.js"
import * as Population from "../../../src/testing/internal/population.js"
import * as Table from "../../../src/testing/internal/table.js"

const settings: Population.Settings = {
  seed: 1,
  patients: 1_000_000,
  dataTypes: Population.defaultDataTypes,
  apiClient: { id: "00000000-0000-4000-8000-000000000001", name: "ABCDEFGHIJKL" },
  sharedInstants: 1
}

/** A population, and how many records it was asked to make. */
const counted = (given: Partial<Population.Settings> = {}) => {
  const population = Population.make({ ...settings, ...given })
  let made = 0
  const count = <A>(base: Table.Base<A>): Table.Base<A> => ({
    ...base,
    at: (index) => {
      made++
      return base.at(index)
    }
  })
  return { patients: count(population.patients), cdtRecords: count(population.cdtRecords), population, made: () => made }
}

const table = <A>(base: Table.Base<A>, changedAt: (record: A) => number): Table.Table<A> => ({
  kind: { name: "test", base: () => base, idOf: (record) => (record as { readonly id: string }).id, changedAt },
  base,
  changes: base.untouched
})

const take = <A>(records: Iterable<A>, count: number): ReadonlyArray<A> => {
  const found: Array<A> = []
  for (const record of records) {
    if (found.length === count) break
    found.push(record)
  }
  return found
}

const patientChangedAt = (patient: Population.Patient) => Date.parse(patient.updatedAt)

describe("a population of a million", () => {
  it("makes no record until one is read, and then only those", () => {
    const { cdtRecords, made, patients } = counted()
    expect(made()).toBe(0)
    const page = Table.slice(table(patients, patientChangedAt), 999_900, 100)
    expect([page.length, made()]).toEqual([100, 100])
    expect(Table.indexOf(table(patients, patientChangedAt), page[7]!.id)).toBe(999_907)
    expect(made()).toBe(101)
    const last = patients.changedAt(patients.ranks - 65)
    expect(take(Table.changedSince(table(patients, patientChangedAt), last), 10)).toHaveLength(10)
    expect(made()).toBeLessThan(240)
    expect(
      take(
        Table.changedSince(
          table(cdtRecords, (record) => Date.parse(record.jsonBody.updated_at)),
          0
        ),
        10
      )
    ).toHaveLength(10)
    expect(made()).toBeLessThan(300)
  })

  it("has records of every shape: nulls, absent fields, empty text, other scripts, long text", () => {
    const { patients } = counted()
    const some = Array.from({ length: 300 }, (_, index) => patients.at(index)!)
    const has = (test: (patient: Population.Patient) => boolean) => some.some(test) && !some.every(test)
    expect(has((patient) => patient.email === null)).toBe(true)
    expect(has((patient) => patient.email === "")).toBe(true)
    expect(has((patient) => "notes" in patient)).toBe(true)
    expect(has((patient) => String(patient.notes ?? "").length > 1000)).toBe(true)
    expect(has((patient) => /\p{Script=Han}|\p{Script=Hebrew}/u.test(String(patient.firstName)))).toBe(true)
    expect(has((patient) => (patient.careTeam as ReadonlyArray<unknown>).length === 0)).toBe(true)
    expect(has((patient) => (patient.patientPrograms as ReadonlyArray<unknown>).length === 2)).toBe(true)
    for (const { email, phone } of some) {
      if (typeof email === "string" && email !== "") expect(email).toMatch(/\.example$/)
      if (phone !== null) expect(phone).toMatch(/^\+12025550\d{3}$/)
    }
  })
})

const index = FastCheck.nat(999_999)

describe("order and ids", () => {
  it("an id tells its index, sorts by creation, and is nobody else's", () => {
    FastCheck.assert(
      FastCheck.property(FastCheck.nat(), FastCheck.maxSafeNat(), FastCheck.nat(2 ** 47), (key, big, at) => {
        const ids = Ids.make(key)
        const index = big % 2 ** 48
        const id = ids.encode(index, at)
        expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
        expect(ids.decode(id)).toBe(index)
        expect(ids.encode(index, at + 1) > id).toBe(true)
        expect(Ids.make(key + 1).decode(id)).not.toBe(index)
        expect(ids.decode(`${id.slice(0, -1)}${id.endsWith("0") ? "1" : "0"}`)).not.toBe(index)
      })
    )
  })

  it("creation rises with the index, change follows creation, and the order of change is a permutation", () => {
    const { cdtRecords, patients } = counted()
    FastCheck.assert(
      FastCheck.property(index, (at) => {
        const [one, next] = [patients.at(at)!, patients.at(at + 1)]
        if (next !== undefined) {
          expect(next.createdAt > one.createdAt).toBe(true)
          expect(next.id > one.id).toBe(true)
        }
        expect(one.updatedAt > one.createdAt).toBe(true)
        for (const base of [patients, cdtRecords]) {
          const block = at - (at % 64)
          const ranked = Array.from({ length: 64 }, (_, place) => base.ranked(block + place))
          expect(ranked.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 64 }, (_, place) => block + place))
          expect(base.changedAt(at + 1)).toBeGreaterThan(base.changedAt(at))
        }
        const rank = Array.from({ length: 64 }, (_, place) => at - (at % 64) + place).find((rank) => patients.ranked(rank) === at)!
        expect(Date.parse(one.updatedAt)).toBe(patients.changedAt(rank))
        const record = Array.from({ length: 5 }, (_, slot) => cdtRecords.at(at * 5 + slot)).find((one) => one !== undefined)
        if (record !== undefined) {
          expect(record.patientId).toBe(one.id)
          expect(record.jsonBody.created_at > one.createdAt).toBe(true)
          expect(record.jsonBody.updated_at > record.jsonBody.created_at).toBe(true)
        }
      })
    )
  })

  it("everything that is there is older than the first write, whatever the size", () => {
    FastCheck.assert(
      FastCheck.property(FastCheck.integer({ min: 1, max: 5000 }), FastCheck.integer({ min: 1, max: 1000 }), (patients, sharedInstants) => {
        const { population } = counted({ patients, sharedInstants })
        const last = (base: Table.Base<unknown>) => base.changedAt(base.ranks - 1)
        expect(Math.max(last(population.patients), last(population.cdtRecords))).toBeLessThan(population.end)
      })
    )
  })
})
