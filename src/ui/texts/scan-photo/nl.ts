/** Nederlands. Een foto maken. */
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
  failures: {
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
} as const satisfies Like<typeof en>
