/** Svenska. Till den patient som skickar ett foto i ett samtal. */
import type { Like } from '../catalogue.ts'
import type en from './en.ts'

export default {
  photo: {
    send: 'Skicka ett foto',
    title: 'Ett foto till {name}',
    unknown: 'Ett foto',
    why: 'Bara den personen får det, i det här samtalet. Det sparas ingenstans.',
    aim: 'Håll kameran över stället, i bra ljus.',
    opening: 'Kameran startar…',
    on: 'Den här kameran är på tills du tar fotot. Ingen ser det ännu.',
    lent: 'Samtalets kamera är av. Den kommer tillbaka efteråt.',
    off: 'Den här kameran är av.',
    sees: 'Vad kameran ser',
    photo: 'Ditt foto',
    look: 'Är det skarpt? Skicka det då.',
    take: 'Ta fotot',
    doSend: 'Skicka',
    again: 'Igen',
    cancel: 'Avbryt',
    close: 'Stäng',
    percent: '{percent} % skickat',
    lost: 'Förbindelsen är bruten. Det fortsätter av sig självt.',
    sent: '{name} har ditt foto.',
  },
  failures: {
    denied: 'Webbläsaren låter inte sidan använda kameran. Tillåt det och tryck på Igen.',
    missing: 'Ingen kamera hittades.',
    taken: 'En annan app använder kameran. Stäng den och tryck på Igen.',
    ended: 'Kameran stannade. Tryck på Igen.',
    'no-picture': 'Det kommer ingen bild från kameran. Tryck på Igen.',
    unfetched: 'Det som öppnar kameran kunde inte hämtas. Tryck på Igen.',
    unanswered: 'Fotot kunde inte lämnas över. Tryck på Igen.',
    gone: 'Ingen är där som kan ta emot det.',
    'too-large': 'Fotot är för stort. Ta ett nytt.',
    busy: 'Ett annat foto är på väg. Vänta lite och tryck på Igen.',
    'too-many': 'Ett samtal tar emot högst tio foton.',
    broken: 'Fotot kom inte fram helt. Ta ett nytt.',
    'wrong-size': 'Fotot har för många bildpunkter. Ta ett nytt.',
  },
} as const satisfies Like<typeof en>
