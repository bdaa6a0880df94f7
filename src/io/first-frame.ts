/** Says when a video shows the first frame of a peer: the half-second poll would make the face wait for it. */

/**
 * Calls `then` with the first frame that `video` presents from now on and that was not made black (CALL-5), unless
 * `isCurrent` says no by then. Never where the browser does not tell of frames.
 */
export function onFirstFrame(video: HTMLVideoElement, isCurrent: () => boolean, then: () => void): void {
  let frames = 0
  const look = (_now: number, frame: VideoFrameCallbackMetadata): void => {
    if (!isCurrent()) return
    frames += 1
    // Only one may still be on its way since before; being made black took its RTP timestamp.
    if (frame.rtpTimestamp !== undefined || frames > 1) then()
    else video.requestVideoFrameCallback(look)
  }
  video.requestVideoFrameCallback?.(look)
}
