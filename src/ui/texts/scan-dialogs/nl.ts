/** Nederlands. Vensters van de viewer: foto, wiens beelden, toetsen. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  photo: {
    title: 'Foto maken',
    why: 'De foto opent hier. Hij komt niet in de galerij van dit apparaat.',
    take: 'Maak de foto',
    again: 'Opnieuw proberen',
    cancel: 'Geen foto maken',
    opening: 'De camera gaat open…',
    own: 'De camera staat aan tot de foto is gemaakt.',
    call: 'Dit is het beeld van uw gesprek. De camera daarvan blijft aan.',
    off: 'De camera is uit.',
    name: 'Foto {time}',
    sees: 'Wat de camera ziet',
  },
  photoFailures: {
    denied:
      'De browser laat Bedside de camera niet gebruiken. Sta dat toe naast het adres en probeer het opnieuw.',
    missing: 'Er is geen camera gevonden. Controleer of hij is aangesloten en aanstaat.',
    taken: 'Een ander programma gebruikt de camera. Sluit dat en probeer het opnieuw.',
    ended: 'De camera is gestopt: hij is losgekoppeld, of het gesprek is voorbij. Probeer het opnieuw.',
    'no-picture':
      'Er komt geen beeld van de camera. Probeer het opnieuw. Komt er dan nog geen beeld, start dit apparaat dan opnieuw.',
    'not-made':
      'De foto kon niet worden gemaakt: dit apparaat heeft te weinig vrij geheugen. Sluit andere pagina’s en probeer het opnieuw.',
    unfetched:
      'Wat de camera opent, kon niet worden opgehaald. Controleer het netwerk en probeer het opnieuw.',
  },
  choice: {
    title: 'Dit zijn beelden van {count} patiënten',
    said: 'Er staan beelden van één patiënt tegelijk open. Van wie wilt u ze zien? De andere worden gesloten.',
    show: 'Deze tonen',
    unknown: 'Iemand zonder naam',
  },
  keys: {
    title: 'Toetsen voor beelden',
    next: 'Volgend of vorig beeld',
    far: 'Tien beelden verder of terug',
    ends: 'Eerste of laatste beeld',
    zoom: 'Dichterbij, verder weg, zoals eerst',
    pan: 'Het beeld verschuiven',
    tools: 'Bladeren, helderheid, verschuiven, zoomen',
    presets: 'Vensters, in de volgorde van de lijst',
    turn: 'Naar rechts draaien',
    flip: 'Links wordt rechts',
    invert: 'Donker wordt licht',
    run: 'Een film afspelen of stoppen',
    series: 'Volgende of vorige serie',
    close: 'Deze lijst sluiten',
    wheel:
      'Muis: het wiel bladert, de rechterknop verandert helderheid en contrast, Ctrl en het wiel zoomen.',
    touch: 'Aanraken: één vinger bladert, twee vingers zoomen en verschuiven.',
    shift: 'Shift en pijlen',
  },
} as const satisfies Like<typeof en>
