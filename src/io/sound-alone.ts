/** Whoever has no camera on is heard: a browser may wait for a picture before it plays anything. */

/** Chromium plays nothing of a stream before its picture has a frame, its sound neither: until then it gets the sound alone. */
export function playWhatComes(video: HTMLVideoElement, remote: MediaStream, moving: boolean): void {
  const isWhole = video.srcObject === remote
  if (moving && !isWhole) video.srcObject = remote
  if (!moving && isWhole && video.readyState === 0) video.srcObject = new MediaStream(remote.getAudioTracks())
}
