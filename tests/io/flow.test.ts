import { expect, test } from 'vitest'
import { metFingerprints } from '../../src/io/flow.ts'

const abc = new TextEncoder().encode('abc').buffer
/** SHA-256 of "abc" (FIPS 180-4, example 1). */
const hashOfAbc =
  'BA:78:16:BF:8F:01:CF:EA:41:41:40:DE:5D:AE:22:23:B0:03:61:A3:96:17:7A:9C:B4:10:FF:61:F2:00:15:AD'

function link(reports: readonly { id: string; type: string }[], handedOver: readonly ArrayBuffer[]) {
  return {
    getStats: async () => new Map(reports.map((report) => [report.id, report])),
    sctp: { transport: { getRemoteCertificates: () => handedOver } },
  } as unknown as RTCPeerConnection
}

test('[PROOF-7] the certificate that statistics name is the one that was met', async () => {
  const transport = { id: 't', type: 'transport', remoteCertificateId: 'theirs' }
  const theirs = { id: 'theirs', type: 'certificate', fingerprint: 'ab:cd' }
  const ours = { id: 'ours', type: 'certificate', fingerprint: '00:11' }
  expect(await metFingerprints(link([transport, ours, theirs], [abc]))).toEqual(['AB:CD'])
})

test('[PROOF-7] where statistics name none, as in Firefox, the certificate that is handed over is hashed', async () => {
  const transport = { id: 't', type: 'transport' }
  const issuer = new TextEncoder().encode('issuer').buffer
  expect(await metFingerprints(link([transport], [abc, issuer]))).toEqual([hashOfAbc])
})

test('[PROOF-7] a browser that tells of no certificate is said to have met none', async () => {
  expect(await metFingerprints(link([], []))).toEqual([])
})
