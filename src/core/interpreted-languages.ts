/** Languages that wards have interpreted, by tag (BCP 47); what another ward needs is one line more. */

/** Those that browsers have no names for are named in `ui/texts/languages`. */
export const signLanguages = ['fse', 'fss', 'swl', 'dse', 'ise', 'bfi', 'ils'] as const
export type SignLanguage = (typeof signLanguages)[number]

const spoken =
  'af am ar az be bg bm bn bo bs ca ckb cs cy da de din ee el en es et eu fa fa-AF ff fi fil fr ga gl gu ha he hi hr ' +
  'ht hu hy id ig is it ja ka kk km kn ko ku ky lg lo luo lt lv mk ml mn mr ms mt my nb ne nl nn no nus om pa pl ps pt ' +
  'rhg rn ro rom ru rw se si sk sl sm sma smj smn sms sn so sq sr sv sw syr ta te tg th ti tk tn tr tw ug uk ur uz vi wo ' +
  'xh yi yo yue zh zu'

export const interpretedLanguages: readonly string[] = [...spoken.split(' '), ...signLanguages]
