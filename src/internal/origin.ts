import * as ConfigError from "effect/ConfigError"
import * as Either from "effect/Either"
import * as Route from "./route.js"

const isLoopback = (hostname: string): boolean => hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname)

const problem = (name: string, message: string): Either.Either<never, ConfigError.ConfigError> =>
  Either.left(ConfigError.InvalidData([name], message))

/** A base URL without its last slash: https, or http to this machine; no user info, query or fragment. The value is never repeated. */
export const baseUrl = (name: string, text: string): Either.Either<string, ConfigError.ConfigError> => {
  let url: URL
  try {
    url = new URL(text)
  } catch {
    return problem(name, "must be a URL such as https://api.live.welkincloud.io")
  }
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback(url.hostname)))
    return problem(name, "must use https; plain http is for loopback only")
  if (url.username !== "" || url.password !== "") return problem(name, "must hold no user name or password")
  if (url.search !== "" || url.hash !== "") return problem(name, "must hold no query and no fragment")
  return Either.right(`${url.origin}${url.pathname.replace(/\/+$/, "")}`)
}

/** Names the environment variable, not the option, where the option came from one. */
export const named =
  (variables: Readonly<Record<string, string>>) =>
  (error: ConfigError.ConfigError): ConfigError.ConfigError =>
    ConfigError.isConfigError(error) && error._op === "InvalidData"
      ? ConfigError.InvalidData(
          error.path.map((name) => variables[name] ?? name),
          error.message
        )
      : error

/** A name that fills a slot of every route. */
export const slot = (name: string, text: string): Either.Either<string, ConfigError.ConfigError> =>
  Either.isRight(Route.segment(text)) ? Either.right(text) : problem(name, "must be a name that can stand in a path")
