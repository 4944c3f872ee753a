// Every endpoint of the built package, by reflection: no list to keep in step.
import { readFileSync } from "node:fs"

const root = new URL("../", import.meta.url)
const { exports } = JSON.parse(readFileSync(new URL("package.json", root), "utf8"))

/**
 * @param {string} entry
 * @returns {Promise<Record<string, any>>}
 */
const load = (entry) => import(new URL(exports[entry].default, root).href)

/** The generations this build has. */
const generations = ["./v8", "./v1"].filter((entry) => entry in exports)

/**
 * @typedef {object} Listed
 * @property {string} id
 * @property {string} generation
 * @property {string} method
 * @property {string} path
 * @property {boolean} safe
 * @property {string} paging
 */

/**
 * @param {string} a
 * @param {string} b
 */
const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0)

/** @returns {Promise<ReadonlyArray<Listed>>} sorted by id, each once */
export const listing = async () => {
  const { Endpoint } = await load(".")
  const descriptors = new Set()
  for (const entry of generations) {
    for (const descriptor of Endpoint.listOf(await load(entry))) descriptors.add(descriptor)
  }
  return [...descriptors]
    .map(({ id, generation, method, path, safe, paging }) => ({ id, generation, method, path, safe, paging }))
    .sort((a, b) => compare(a.id, b.id) || compare(a.generation, b.generation))
}
