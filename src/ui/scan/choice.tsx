/** Whose pictures: two people's are never shown beside each other (HZ-1). */
import type { ScanFiles } from '../../state/scan-files.ts'
import { Button } from '../parts/button.tsx'
import { personWords, stackWords } from '../words-scan.ts'
import { choiceWords } from '../words-scan-dialogs.ts'

export function Choice({ files }: { files: ScanFiles }) {
  const patients = files.patients.value
  return (
    <section class="scan-choice" aria-labelledby="scan-choice">
      <h3 id="scan-choice">{choiceWords.title({ count: patients.length })}</h3>
      <p>{choiceWords.said}</p>
      <ul>
        {patients.map(({ patient, identity, files: count }) => (
          <li key={patient}>
            <p>
              <b>{identity.patientName ?? choiceWords.unknown}</b>
              {personWords(identity).map((word) => (
                <span key={word}>{word}</span>
              ))}
              <span>{stackWords.count({ count })}</span>
            </p>
            <Button
              label={`${choiceWords.show}: ${identity.patientName ?? choiceWords.unknown}`}
              onPress={() => files.choose(patient)}
            >
              {choiceWords.show}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
