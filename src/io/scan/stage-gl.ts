/**
 * Draws by WebGL 2: stored values as they are in an integer texture, which no device has to support by an extension, each
 * looked up in the same table that the processor would use. One context for all pictures of a page, since browsers allow few.
 */
import type { Picture } from '../../core/scan/samples.ts'
import { type Sheet, type Stage, wordsIn } from './sheet.ts'

const corners = `#version 300 es
void main() {
  gl_Position = vec4(vec2(gl_VertexID & 1, gl_VertexID >> 1) * 4.0 - 1.0, 0, 1);
}`

/**
 * Nearer than one pixel of the canvas, values between two pixels are those of a straight line; farther, each pixel is the mean
 * of some of those under it. At one to one it is the table's own.
 */
const shading = `#version 300 es
precision highp float;
precision highp usampler2D;
uniform usampler2D words, shades;
uniform mat3x2 toImage;
uniform bool isColour;
uniform int taps;
out vec4 shade;
ivec2 last;

float one(uint word) {
  return float(texelFetch(shades, ivec2(word, 0), 0).r);
}

vec3 at(ivec2 place) {
  uvec3 word = texelFetch(words, clamp(place, ivec2(0), last), 0).rgb;
  if (isColour) return vec3(one(word.r), one(word.g), one(word.b));
  return vec3(texelFetch(shades, ivec2(word.r & 255u, word.r >> 8), 0).rgb);
}

vec3 between(vec2 place) {
  vec2 corner = floor(place - 0.5);
  vec2 share = place - 0.5 - corner;
  ivec2 from = ivec2(corner);
  vec3 above = mix(at(from), at(from + ivec2(1, 0)), share.x);
  return mix(above, mix(at(from + ivec2(0, 1)), at(from + 1), share.x), share.y);
}

void main() {
  last = textureSize(words, 0) - 1;
  vec2 middle = toImage * vec3(gl_FragCoord.xy, 1);
  shade = vec4(0, 0, 0, 1);
  if (any(lessThan(middle, vec2(0))) || any(greaterThanEqual(middle, vec2(last + 1)))) return;
  vec3 sum = vec3(0);
  for (int y = 0; y < taps; y++)
    for (int x = 0; x < taps; x++) {
      vec2 off = (vec2(x, y) + 0.5) / float(taps) - 0.5;
      sum += between(toImage * vec3(gl_FragCoord.xy + off, 1));
    }
  shade.rgb = sum / float(taps * taps) / 255.0;
}`

/** Of a picture that is seen much smaller than it is: 16 places under each pixel, four pixels each. */
const mostTaps = 4

type Program = {
  readonly toImage: WebGLUniformLocation | null
  readonly isColour: WebGLUniformLocation | null
  readonly taps: WebGLUniformLocation | null
}

function shaderOf(gl: WebGL2RenderingContext, type: number, text: string): WebGLShader | null {
  const shader = gl.createShader(type)
  if (!shader) return null
  gl.shaderSource(shader, text)
  gl.compileShader(shader)
  return shader
}

/** Null when the card will not have it, or is gone. */
function programOf(gl: WebGL2RenderingContext): Program | null {
  const program = gl.createProgram()
  const parts = [shaderOf(gl, gl.VERTEX_SHADER, corners), shaderOf(gl, gl.FRAGMENT_SHADER, shading)]
  for (const part of parts) if (part) gl.attachShader(program, part)
  gl.linkProgram(program)
  if (!gl.getProgramParameter(program, gl.LINK_STATUS)) return null
  gl.useProgram(program)
  gl.uniform1i(gl.getUniformLocation(program, 'words'), 0)
  gl.uniform1i(gl.getUniformLocation(program, 'shades'), 1)
  gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1)
  const place = (name: string) => gl.getUniformLocation(program, name)
  return { toImage: place('toImage'), isColour: place('isColour'), taps: place('taps') }
}

/** A texture that is asked pixel by pixel, on the given unit. */
function textureOn(gl: WebGL2RenderingContext, unit: 0 | 1): WebGLTexture {
  const texture = gl.createTexture()
  gl.activeTexture(gl.TEXTURE0 + unit)
  gl.bindTexture(gl.TEXTURE_2D, texture)
  for (const filter of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER])
    gl.texParameteri(gl.TEXTURE_2D, filter, gl.NEAREST)
  for (const wrap of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T])
    gl.texParameteri(gl.TEXTURE_2D, wrap, gl.CLAMP_TO_EDGE)
  return texture
}

function loadWords(gl: WebGL2RenderingContext, picture: Picture): void {
  const { columns, rows, samplesPerPixel } = picture
  const words = wordsIn(picture)
  const [inside, format, type] =
    samplesPerPixel === 3
      ? [gl.RGB8UI, gl.RGB_INTEGER, gl.UNSIGNED_BYTE]
      : words instanceof Uint8Array
        ? [gl.R8UI, gl.RED_INTEGER, gl.UNSIGNED_BYTE]
        : [gl.R16UI, gl.RED_INTEGER, gl.UNSIGNED_SHORT]
  gl.activeTexture(gl.TEXTURE0)
  gl.texImage2D(gl.TEXTURE_2D, 0, inside, columns, rows, 0, format, type, words)
}

function loadShades(gl: WebGL2RenderingContext, shades: Sheet['shades']): void {
  const rows = shades.length / 1024
  gl.activeTexture(gl.TEXTURE1)
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8UI, 256, rows, 0, gl.RGBA_INTEGER, gl.UNSIGNED_BYTE, shades)
}

/** From the card's pixels, which it counts from the lower left, to the image's. */
function toImage([a, b, c, d, e, f]: Sheet['placement'], height: number): readonly number[] {
  const area = a * d - b * c
  const [right, down] = [
    [d / area, -b / area],
    [-c / area, a / area],
  ] as const
  const [x, y] = [(c * f - d * e) / area, (b * e - a * f) / area]
  return [right[0], right[1], -down[0], -down[1], x + down[0] * height, y + down[1] * height]
}

/** Columns or rows of the picture under one pixel of the canvas. */
const stepOf = ([a = 0, b = 0, c = 0, d = 0]: readonly number[]) =>
  Math.max(Math.hypot(a, b), Math.hypot(c, d))

export type GlOptions = {
  /** A browser may do the card's work by the processor; then ours is faster, and only a test wants theirs. */
  readonly failIfMajorPerformanceCaveat: boolean
}

export function createGlStage(options: GlOptions = { failIfMajorPerformanceCaveat: true }): Stage {
  const canvas = document.createElement('canvas')
  const gl = canvas.getContext('webgl2', { alpha: false, antialias: false, depth: false, ...options })
  let program: Program | null = null
  let textures: readonly WebGLTexture[] = []
  /** What is in the textures now. */
  let loaded: { readonly picture: Picture | null; readonly shades: Sheet['shades'] | null } = {
    picture: null,
    shades: null,
  }

  function forget(): void {
    for (const texture of textures) gl?.deleteTexture(texture)
    textures = []
    loaded = { picture: null, shades: null }
    canvas.width = 1
    canvas.height = 1
  }

  function lose(event: Event): void {
    // Without this it is never given back.
    event.preventDefault()
    program = null
    textures = []
    loaded = { picture: null, shades: null }
  }
  canvas.addEventListener('webglcontextlost', lose)

  function load(gl: WebGL2RenderingContext, { picture, shades }: Sheet): void {
    if (textures.length === 0) textures = [textureOn(gl, 0), textureOn(gl, 1)]
    if (loaded.picture !== picture) loadWords(gl, picture)
    if (loaded.shades !== shades) loadShades(gl, shades)
    loaded = { picture, shades }
  }

  /** The canvas only grows: large and small pictures take turns on it. */
  function grow(width: number, height: number): void {
    if (canvas.width < width) canvas.width = width
    if (canvas.height < height) canvas.height = height
  }

  function draw(
    gl: WebGL2RenderingContext,
    uses: Program,
    sheet: Sheet,
    width: number,
    height: number,
  ): void {
    const matrix = toImage(sheet.placement, height)
    gl.viewport(0, 0, width, height)
    gl.uniformMatrix3x2fv(uses.toImage, false, [...matrix])
    gl.uniform1i(uses.isColour, sheet.picture.samplesPerPixel === 3 ? 1 : 0)
    gl.uniform1i(uses.taps, Math.min(Math.max(Math.ceil(stepOf(matrix) - 0.01), 1), mostTaps))
    gl.drawArrays(gl.TRIANGLES, 0, 3)
  }

  return {
    paint(sheet, onto) {
      if (!gl || gl.isContextLost()) return false
      const { columns, rows } = sheet.picture
      const { width, height } = onto.canvas
      if (Math.max(columns, rows, width, height) > gl.getParameter(gl.MAX_TEXTURE_SIZE)) return false
      program ??= programOf(gl)
      if (!program) return false
      grow(width, height)
      load(gl, sheet)
      draw(gl, program, sheet, width, height)
      if (gl.getError() !== gl.NO_ERROR) {
        forget()
        return false
      }
      onto.setTransform(1, 0, 0, 1, 0, 0)
      onto.drawImage(canvas, 0, canvas.height - height, width, height, 0, 0, width, height)
      return true
    },
    forget,
  }
}
