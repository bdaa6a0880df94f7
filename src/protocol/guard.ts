/**
 * Turns a schema into a plain check, made once. Walking a schema anew for each message was two thirds of what relaying
 * it cost; the check costs a tenth of that. The schema stays the only truth: what this cannot read stops the program.
 */
import type * as v from 'valibot'

type Check = (value: unknown) => boolean
type Fields = Readonly<Record<string, unknown>>

/** Whether a value is what `schema` describes; of use for schemas that transform nothing. */
export function guardOf<S extends v.GenericSchema>(schema: S): (value: unknown) => value is v.InferOutput<S> {
  const check = compile(schema)
  return (value): value is v.InferOutput<S> => check(value)
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null
}

function fieldsOf(value: unknown): Fields {
  if (!isFields(value)) throw new TypeError('not a schema')
  return value
}

function listOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError('not a list of schemas')
  return value
}

function compile(schema: unknown): Check {
  const { pipe } = fieldsOf(schema)
  if (pipe === undefined) return compileType(fieldsOf(schema))
  const [type, ...actions] = listOf(pipe).map(fieldsOf)
  // A pipe may begin with another one, whose actions count as well.
  const checks = [compile(type), ...actions.map(compileAction)]
  return (value) => checks.every((check) => check(value))
}

function compileType(schema: Fields): Check {
  switch (schema.type) {
    case 'string':
    case 'boolean':
      return (value) => typeof value === schema.type
    case 'number':
      return (value) => typeof value === 'number' && !Number.isNaN(value)
    case 'literal':
      return (value) => value === schema.literal
    case 'picklist': {
      const options = new Set(listOf(schema.options))
      return (value) => options.has(value)
    }
    case 'nullable': {
      const wrapped = compile(schema.wrapped)
      return (value) => value === null || wrapped(value)
    }
    case 'optional':
      // Of a field that may be left out, and is nothing else then.
      if (schema.default !== undefined) throw new TypeError('no check for a default')
      return compile(schema.wrapped)
    case 'array': {
      const item = compile(schema.item)
      return (value) => Array.isArray(value) && value.every(item)
    }
    case 'strict_object':
      return compileObject(fieldsOf(schema.entries))
    case 'union': {
      const options = listOf(schema.options).map(compile)
      return (value) => options.some((option) => option(value))
    }
    case 'variant':
      return compileVariant(String(schema.key), listOf(schema.options))
    default:
      throw new TypeError(`no check for a schema of type ${schema.type}`)
  }
}

/** All of these keys, but for those that are optional, and no other. */
function compileObject(entries: Fields): Check {
  const checks = new Map(Object.entries(entries).map(([key, schema]) => [key, compile(schema)]))
  const mayMiss = new Set(Object.keys(entries).filter((key) => fieldsOf(entries[key]).type === 'optional'))
  const needed = checks.size - mayMiss.size
  return (value) => {
    if (!isFields(value)) return false
    let known = 0
    for (const key in value) {
      const check = checks.get(key)
      if (!check?.(value[key])) return false
      if (!mayMiss.has(key)) known += 1
    }
    return known === needed
  }
}

function compileVariant(key: string, options: readonly unknown[]): Check {
  const checks = new Map<unknown, Check>(
    options.map((option) => {
      const { literal } = fieldsOf(fieldsOf(fieldsOf(option).entries)[key])
      if (literal === undefined) throw new TypeError(`a variant without a literal ${key}`)
      return [literal, compile(option)]
    }),
  )
  return (value) => isFields(value) && checks.get(value[key])?.(value) === true
}

function compileAction({ type, requirement }: Fields): Check {
  if (requirement instanceof RegExp) return (value) => typeof value === 'string' && requirement.test(value)
  if (typeof requirement === 'function') return (value) => requirement(value) === true
  const limit = Number(requirement)
  switch (type) {
    case 'starts_with':
      return (value) => typeof value === 'string' && value.startsWith(String(requirement))
    case 'max_length':
      return (value) => lengthOf(value) <= limit
    case 'min_length':
      return (value) => lengthOf(value) >= limit
    case 'max_value':
      return (value) => typeof value === 'number' && value <= limit
    case 'min_value':
      return (value) => typeof value === 'number' && value >= limit
    default:
      throw new TypeError(`no check for an action of type ${type}`)
  }
}

function lengthOf(value: unknown): number {
  return typeof value === 'string' || Array.isArray(value) ? value.length : Number.NaN
}
