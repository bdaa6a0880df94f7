/** A voice of this device itself: nothing is sent anywhere to be spoken, and where there is no such voice nothing is said. */
import type { VoicePort } from '../state/ports.ts'

export function createVoice(synthesis: SpeechSynthesis | undefined): VoicePort {
  // Browsers begin to look for their voices when they are first asked.
  synthesis?.getVoices()
  return {
    say(text, language, volume) {
      const voice = synthesis?.getVoices().find((one) => one.localService && speaks(one, language))
      if (!synthesis || !voice) return
      const said = new SpeechSynthesisUtterance(text)
      said.voice = voice
      said.lang = voice.lang
      said.volume = volume
      synthesis.speak(said)
    },
    hush: () => synthesis?.cancel(),
  }
}

/** Android writes `fi_FI`. */
function speaks({ lang }: SpeechSynthesisVoice, language: string): boolean {
  return lang.toLowerCase().split(/[-_]/)[0] === language
}
