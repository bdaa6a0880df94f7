/** Puts the server together: takes the port, opens the data, takes up the calls that go on, then opens the door. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { destination, pino } from 'pino'
import type { Stays } from '../core/admission.ts'
import { standardOf } from '../core/rollout.ts'
import { scaleTimings, standardTimings } from '../core/timings.ts'
import { proxiesIn } from './address.ts'
import { createAdmissions, createStayNews } from './admissions.ts'
import { type AdtListener, listenForAdt } from './adt/listener.ts'
import { addAdt } from './adt/routes.ts'
import { addApi } from './api.ts'
import { createAttempts } from './attempts.ts'
import { createAttendance } from './attendance.ts'
import { addAudit } from './audit/api.ts'
import { createCollector } from './audit/collector.ts'
import { openHeads } from './audit/heads.ts'
import { openSigningKey } from './audit/key.ts'
import { createBoardNews } from './board-news.ts'
import { takeBuilds } from './builds.ts'
import { createCare } from './care.ts'
import { addColleagues } from './colleagues-api.ts'
import { type Config, productionProblems } from './config.ts'
import { createConsults } from './consults.ts'
import { listOpenConsults } from './consults-kept.ts'
import { addCopies } from './copies/api.ts'
import { createCopies } from './copies/copies.ts'
import { type DemoLinks, prepareDemo } from './demo.ts'
import { openDemoAuthority } from './demo-authority.ts'
import { prepareDemoPlan } from './demo-plan.ts'
import { createDepartures } from './departures.ts'
import { createDuties } from './duties.ts'
import { createFamily } from './family/family.ts'
import { addFamily } from './family/routes.ts'
import { addFleet } from './fleet-routes.ts'
import { addFurnishing } from './furnishing.ts'
import { createGlass } from './glass.ts'
import { addGlassApi } from './glass-api.ts'
import { createGuests } from './guests.ts'
import { addGuestsApi } from './guests-api.ts'
import { createHttp } from './http.ts'
import { addTablePeople } from './interpreting.ts'
import { addKeeping } from './keep/api.ts'
import { createKeeping, type Keeping } from './keep/keeping.ts'
import { createSheetWriter } from './keep/sheet.ts'
import { addKeysApi } from './keys-api.ts'
import { listOpen } from './ledger.ts'
import { type Limits, standardLimits } from './limits.ts'
import { type Listener, listen } from './listen.ts'
import { listenForMetrics, type MetricsListener } from './metrics-listener.ts'
import { addPacs } from './pacs/routes.ts'
import { addFeeds } from './plan/feed-routes.ts'
import { addFhir } from './plan/fhir-routes.ts'
import { addImport } from './plan/import-routes.ts'
import { addIntegrations } from './plan/integration-routes.ts'
import { createPlanNews } from './plan/news.ts'
import { openPlan, type Plan } from './plan/plan.ts'
import { addSync } from './plan/sync-api.ts'
import { createPrivacy, eraseAtStart, type Privacy } from './privacy/privacy.ts'
import { createPhones } from './push/phones.ts'
import { addPhoneRoutes } from './push/routes.ts'
import { createQueue } from './queue.ts'
import { createRelay } from './relay.ts'
import { createRequests } from './requests.ts'
import { listOpenRequests } from './requests-kept.ts'
import { createRollouts } from './rollouts.ts'
import { lastRollout } from './rollouts-kept.ts'
import { createRouteBook, type Route } from './routes.ts'
import { createScanShares } from './scan-shares.ts'
import { addService } from './service-api.ts'
import type { Session, Sessions } from './session.ts'
import { createShifts } from './shifts.ts'
import { addSigningIn } from './sign-in/signing-in.ts'
import { createSockets } from './socket.ts'
import { addSpeed } from './speed-api.ts'
import { addStaffCode, createStaffCode } from './staff-code.ts'
import { StartError } from './start-error.ts'
import { openStore, type Store } from './store/store.ts'
import { createSwitching } from './switching.ts'
import { addTabletRoutes } from './tablet-routes.ts'
import { createTabletSettings } from './tablet-settings.ts'
import { watchSilence } from './tablet-silence.ts'
import { createTabletNews } from './tablets.ts'
import { createTurn } from './turn.ts'
import { noPost, type Post } from './visits/post.ts'
import { addVisits } from './visits/routes.ts'
import { createVisits } from './visits/visits.ts'
import { claimForProduction, loadWard } from './ward.ts'
import { createWelcome } from './welcome.ts'
import { createWhereabouts } from './whereabouts.ts'
import { lookInto } from './whose-data.ts'

export type ServerOptions = {
  readonly config: Config
  /** Where the built app lies. */
  readonly appFolder?: string
  readonly limits?: Partial<Limits>
  readonly now?: () => number
  /** What letters to outpatients are given to, in the place of the configured mail; for tests. */
  readonly post?: Post
  /** Hears of bugs and full disks, after which nothing can be promised: the process should end and be restarted. */
  readonly onFault: (error: unknown) => void
}

export type RunningServer = {
  readonly origin: string
  readonly port: number
  /** Null: nobody asked for metrics. */
  readonly metricsPort: number | null
  /** Null: no hospital's record is listened to. */
  readonly adtPort: number | null
  readonly ward: string
  /** Null in production. */
  readonly links: DemoLinks | null
  /** What stands behind the door, for tests: every route there is, and the rows. */
  readonly inside: {
    readonly routes: readonly Route[]
    readonly store: Store
    readonly plan: Plan
    readonly keeping: Keeping
    readonly privacy: Privacy
  }
  /** Says goodbye to everyone, finishes what is being written, and frees port and data. */
  close(): Promise<void>
}

const builtApp = fileURLToPath(new URL('../../dist/app', import.meta.url))

/** Throws a StartError, one line for each reason, when it cannot or must not start. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { config, appFolder = builtApp } = options
  const found = lookInto(config.dataFolder)
  if (config.production) {
    const problems = productionProblems(config, found.isDemo)
    if (problems.length > 0) throw new StartError(...problems)
  } else if (found.isReal)
    // Before anything is opened: a demo's root, once stored there, would be trusted by every tablet of that ward.
    throw new StartError(
      `The data folder ${config.dataFolder} holds a real ward: start it with --production.`,
    )
  if (!existsSync(join(appFolder, 'index.html')))
    throw new StartError(`There is no built app in ${appFolder}: npm start builds it.`)
  const limits = { ...standardLimits, ...options.limits }
  const listener = await listen(config.host, config.port, config.tls, limits, proxiesIn(config.proxies))
  let metricsListener: MetricsListener | null = null
  let adtListener: AdtListener | null = null
  try {
    const now = options.now ?? Date.now
    metricsListener = await listenForMetrics(config.metricsPort, limits)
    adtListener = await listenForAdt(config.adt, { frameMs: limits.frameMs })
    const ports = { listener, metricsListener, adtListener }
    const store = await openStore(config.dataFolder, config.secret, now())
    return await open({ ...options, appFolder, now, limits }, ports, store).catch(async (error) => {
      await store.close()
      throw error
    })
  } catch (error) {
    await adtListener?.close()
    await metricsListener?.close()
    await listener.close()
    throw error
  }
}

async function open(
  options: ServerOptions & Required<Pick<ServerOptions, 'appFolder' | 'now'>> & { readonly limits: Limits },
  {
    listener,
    metricsListener,
    adtListener,
  }: {
    readonly listener: Listener
    readonly metricsListener: MetricsListener | null
    readonly adtListener: AdtListener | null
  },
  store: Store,
): Promise<RunningServer> {
  const { config, appFolder, now, limits, onFault } = options
  const { db } = store
  const origin = config.origin ?? `${config.tls ? 'https' : 'http'}://localhost:${listener.port}`
  if (config.production) await claimForProduction(db)
  const log = pino({ level: config.logLevel }, destination(2))
  await eraseAtStart({ store, config, now, log })
  const authority = config.production ? null : await openDemoAuthority(db, config.dataFolder, now())
  const links = authority && (await prepareDemo(store, config.dataFolder, origin, now(), authority.root))
  const ward = await loadWard(db, now())
  const sessions: Sessions = new Map()
  let isOpen = false
  const timings = scaleTimings(standardTimings, config.timeScale)
  const shared = {
    store,
    db,
    origin,
    now,
    ward,
    authority,
    sessions,
    timings,
    turn: createTurn(config.turn, timings, config.timeScale),
    limits,
    isProxy: proxiesIn(config.proxies),
    queue: createQueue(onFault),
    news: createBoardNews(ward, sessions, now),
    scanShares: createScanShares({ db, now }),
    // What nobody reads is neither counted nor loaded.
    metrics: metricsListener && (await import('./metrics.ts')).createMetrics(ward),
    log,
    isReady: () => isOpen,
  }
  const last = await lastRollout(db)
  const meant = last ? [last.build, standardOf(last)] : []
  const builds = takeBuilds({ appFolder, dataFolder: config.dataFolder, log: shared.log }, meant, now())
  const rollouts = await createRollouts({ ...shared, builds, ...config })
  const collector = createCollector({ ...shared, url: config.auditCollector })
  const key = openSigningKey(config.dataFolder)
  const heads = await openHeads({ ...shared, dataFolder: config.dataFolder, key, collector })
  const switching = createSwitching(shared, await listOpen(db))
  await shared.scanShares.settle(switching.board())
  const glass = await createGlass({ ...shared, switching, sweepMs: limits.sweepMs })
  const phones = createPhones({
    ...shared,
    config: config.push,
    dataFolder: config.dataFolder,
    wardId: ward.wardId,
    zone: config.zone,
  })
  const duties = await createDuties({ ...shared, sweepMs: limits.sweepMs })
  const consults = createConsults({ ...shared, duties, phones }, await listOpenConsults(db))
  duties.onChange(consults.followDuties)
  switching.onDecided(consults.followCalls)
  const copies = await createCopies({
    ...shared,
    duties,
    phones,
    dataFolder: config.dataFolder,
    config: config.copies,
    sweepMs: limits.sweepMs,
    onFault,
  })
  const requests = createRequests({ ...shared, phones }, await listOpenRequests(db, now()))
  shared.news.alsoTell(requests.tellAll)
  const tellStays = createStayNews({ ...shared, switching })
  const followStays = async (stays: Stays) => {
    await tellStays(stays)
    await requests.followStays()
  }
  const plan = await openPlan({
    ...shared,
    wardId: ward.wardId,
    zone: config.zone,
    sweepMs: limits.sweepMs,
    followStays,
  })
  if (ward.demo && config.demoPlan === 'made') await prepareDemoPlan(plan, config.zone, now())
  const planNews = createPlanNews({ ...shared, wardId: ward.wardId, plan })
  const whereabouts = createWhereabouts({ ...shared, switching, sweepMs: limits.sweepMs })
  const stopListening = watchSilence({ ...shared, switching })
  const guests = await createGuests({ ...shared, switching, sweepMs: limits.sweepMs })
  const family = await createFamily({ ...shared, switching, zone: config.zone })
  let mailChanged = () => {}
  // Where nobody is written to, nothing that writes is loaded.
  const mail =
    config.mail &&
    (await import('./mail/post.ts')).createPost({
      ...shared,
      config: config.mail,
      newsOf: () => mailChanged(),
    })
  const post = options.post ?? mail ?? noPost
  const visits = await createVisits({
    ...shared,
    ...{ plan, phones, switching, post, sweepMs: limits.sweepMs },
    ...{ zone: config.zone, phone: config.phone, language: config.language },
  })
  // Where no hospital's record is listened to, nothing that reads it is loaded.
  const adt =
    config.adt &&
    (await (
      await import('./adt/adt.ts')
    ).createAdt({
      ...shared,
      ...{ plan, visits, switching, config: config.adt, zone: config.zone, sweepMs: limits.sweepMs },
    }))
  switching.onDecided(visits.followCalls)
  mailChanged = visits.mailChanged
  mail?.start(visits.factsOf)
  const staffCode = await createStaffCode(shared)
  const greet = (session: Session) => {
    glass.tellVisits(session)
    planNews.greet(session)
    requests.tellAll(session)
    switching.greet(session)
    guests.greet(session)
    visits.greet(session)
  }
  const departures = createDepartures({ ...shared, requests, consults })
  const attendance = createAttendance({
    ...shared,
    ...{ switching, greet, fellSilent: requests.fellSilent, sentAway: departures.sentAway },
  })
  const tabletNews = createTabletNews({ ...shared, switching })
  const settings = createTabletSettings({ ...shared, attendance, tabletNews })
  const admissions = createAdmissions({ ...shared, switching, plan })
  shared.queue.run(() => admissions.takeUp())
  const care = await createCare({ ...shared, switching, sweepMs: limits.sweepMs })
  const shifts = await createShifts({
    ...shared,
    ...{ care, duties, requests, consults, departures, sweepMs: limits.sweepMs },
  })
  shared.queue.run(() => requests.followStays())
  shared.queue.run(departures.review)
  const relay = createRelay({
    ...{ ...shared, switching, admissions, shifts, duties, requests, guests, visits, family, rollouts },
    settings,
  })
  const welcome = createWelcome({
    ...shared,
    zone: config.zone,
    strayDigits: whereabouts.strayDigits,
    codeCheck: staffCode.check,
    relayUrls: config.turn?.urls ?? [],
  })
  const sockets = createSockets({
    ...shared,
    reception: { ...shared, guests, visits, family, newest: new Map() },
    attendance,
    relay,
    welcome,
  })
  const attempts = createAttempts(limits.failedTriesPerMinute)
  const book = createRouteBook({ ...shared, attempts })
  addAudit(book, { store, dataFolder: config.dataFolder, key, heads, collector, telling: config })
  const keeping = await createKeeping({
    ...shared,
    ...{ config, heads, lookMs: limits.keepMs },
    writeSheet: createSheetWriter({ ...shared, plan, duties, zone: config.zone, language: config.language }),
  })
  addKeeping(book, { keeping })
  const privacy = createPrivacy({ ...shared, config, plan })
  const signingIn = await addSigningIn(book, {
    ...shared,
    ...{ attendance, switching, attempts, config, plan, duties, consults, departures, shifts },
    keeping: { command: async (words) => (await keeping.command(words)) ?? (await privacy.command(words)) },
  })
  addApi(book, { ...shared, ...signingIn, attendance, tabletNews })
  addTabletRoutes(book, { ...shared, switching, attendance, tabletNews, whereabouts, rollouts })
  addStaffCode(book, staffCode)
  addFleet(book, { ...shared, switching, rollouts, zone: config.zone })
  addKeysApi(book, shared)
  addFurnishing(book, { ...shared, switching, plan, duties })
  addTablePeople(book, { ...shared, switching, shifts })
  addColleagues(book, { ...shared, switching, duties, consults, phones, shifts })
  addSync(book, { ...shared, wardId: ward.wardId, plan })
  addService(book, shared)
  addSpeed(book)
  addGlassApi(book, { ...shared, glass })
  addGuestsApi(book, { guests })
  addVisits(book, { visits })
  addFamily(book, { family })
  addFeeds(book, { ...shared, plan, language: config.language })
  addPhoneRoutes(book, { store, phones })
  addImport(book, { store, plan })
  addIntegrations(book, { store })
  addFhir(book, { ...shared, plan })
  addPacs(book, { ...shared, config: config.pacs })
  addCopies(book, { copies })
  addAdt(book, adt)
  const app = await createHttp({ ...shared, book, builds })
  listener.handOver(app.routing, sockets.upgrade)
  await shared.queue.settled()
  const { metrics } = shared
  if (metrics)
    metricsListener?.handOver(() =>
      metrics.read(ward, switching.board(), { keeping: keeping.facts(), sockets: sockets.count() }),
    )
  if (adt) adtListener?.handOver(adt.hear)
  isOpen = true
  keeping.start()

  async function close(): Promise<void> {
    isOpen = false
    await signingIn.stop()
    await sockets.drain()
    await keeping.stop()
    await adtListener?.close()
    await metricsListener?.close()
    metrics?.stop()
    await listener.close()
    await shared.queue.settled()
    adt?.stop()
    privacy.stop()
    planNews.stop()
    plan.stop()
    glass.stop()
    care.stop()
    shifts.stop()
    whereabouts.stop()
    stopListening()
    switching.stop()
    requests.stop()
    duties.stop()
    consults.stop()
    guests.stop()
    visits.stop()
    await mail?.stop()
    await copies.stop()
    await phones.stop()
    tabletNews.stop()
    await app.close()
    await heads.stop()
    await collector.stop()
    await store.close()
  }

  const inside = { routes: book.routes, store, plan, keeping, privacy }
  const metricsPort = metricsListener?.port ?? null
  const adtPort = adtListener?.port ?? null
  return { origin, port: listener.port, metricsPort, adtPort, ward: ward.name, links, inside, close }
}
