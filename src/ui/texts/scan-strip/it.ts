/** Un nome nell'immagine. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  strip: {
    title: 'C’è un nome nell’immagine?',
    why: 'In immagini di questo tipo sono spesso scritti nomi, date e numeri. Chi le vede può leggerli.',
    honest:
      'Bedside toglie il nome dal file. Questo non lo rende anonimo: dalle immagini di una testa si può ricavare un volto.',
    progress: '{at} di {all}',
    first: 'Prima immagine',
    last: 'Ultima immagine',
    only: 'L’immagine',
    alike: 'Un riquadro è nero in tutte le {count} immagini.',
    how: 'Disegna un riquadro su ciò che nessuno deve leggere, con il mouse o con un dito. Oppure aggiungine uno e usa i tasti freccia.',
    keys: 'I tasti freccia spostano il riquadro. Con Maiusc ne cambiano la dimensione. Canc lo toglie.',
    add: 'Aggiungi un riquadro',
    box: 'Riquadro {number}: {left} % da sinistra, {top} % dall’alto, largo {width} %, alto {height} %',
    remove: 'Togli il riquadro {number}',
    coming: 'L’immagine sta arrivando…',
    failed: 'Questa immagine non può essere mostrata, quindi non può essere inviata. Lasciala fuori.',
    looked: 'Ho guardato: non c’è nessun nome nell’immagine',
    lookedBoxes: 'Ho guardato: fuori dai riquadri non c’è nessun nome',
    leaveOut: 'Lascia fuori questa',
    giveUp: 'Non mostrare nulla',
  },
} as const satisfies Like<typeof en>
