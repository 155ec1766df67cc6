/**
 * The store in the hands of its one writer: checked before it is mapped, owned by this process, counted, and witnessed
 * after every commit.
 */
import { statSync } from 'node:fs';
import { TransactionFlags } from 'lmdb';
import { BackendError } from '../../runtime/ports/backend';
import { type Census, noCensus, takeCensus } from './census';
import { BEAT_MILLIS, beat, claimFolder, releaseFolder } from './claim';
import { checkDataFile, openWitness, prepareFolder, writeWitness } from './folder';
import { closeToOthers, refuseForeign } from './folder-modes';
import { GrowAhead } from './grow-ahead';
import { Kind } from './keys';
import { heldError, lifeOf, type Owner } from './owner';
import { dataFile, type Lmdb, lastTransactionOf, openError, openLmdb, View } from './store';
import { Transaction } from './transaction';

const OWNER_KEY = Buffer.from([Kind.Store, 1]);

export class OwnedStore {
  census: Census = noCensus;
  readonly db: Lmdb;
  private readonly witnessHandle: number;
  private readonly me: Owner;
  private readonly beating: NodeJS.Timeout;
  private readonly ahead: GrowAhead;
  private beaten = performance.now();

  /** Throws BackendError or CorruptionError, and then owns nothing. */
  constructor(
    private readonly dir: string,
    mapBytes: number,
    prepare: (dir: string) => void = (folder) => prepareFolder(folder, true),
  ) {
    let claimed: Owner | undefined;
    try {
      refuseForeign(dir);
      claimed = claimFolder(dir);
      this.me = claimed;
      prepare(dir);
      checkDataFile(dir, { mayExtend: true });
      this.db = openLmdb({ dir, mapBytes, readOnly: false });
      this.census = takeCensus(new View(this.db), lastTransactionOf(this.db));
      this.witnessHandle = openWitness(dir, 'r+');
      this.own();
      closeToOthers(dir);
    } catch (error) {
      if (claimed) releaseFolder(dir, claimed);
      throw openError(dir, error);
    }
    this.ahead = new GrowAhead(dir, dataFile(dir));
    this.beating = setInterval(() => this.beat(), BEAT_MILLIS).unref();
  }

  /** Throws where another process has taken the folder over: what this one knows of it is no longer true. */
  checkOwner(tx: Transaction): void {
    const owner = tx.json<Owner>(OWNER_KEY);
    if (owner?.token === this.me.token) return;
    throw new TakenOverError(
      `the data folder ${this.dir} has been taken over by process ${owner?.pid}, for this one gave no sign of life.`,
    );
  }

  /** Remembers outside the store what it has acknowledged. */
  witness(census: Census): void {
    this.census = census;
    // Under load no timer of this thread has its turn.
    if (performance.now() - this.beaten > BEAT_MILLIS) this.beat();
    writeWitness(this.witnessHandle, {
      transaction: census.transaction,
      fileBytes: statSync(dataFile(this.dir)).size,
    });
  }

  /** Uses a moment when nothing waits; answers whether there is more to do. */
  growAhead(): boolean {
    const { lastPageNumber, pageSize } = this.db.getStats() as { lastPageNumber: number; pageSize: number };
    return this.ahead.slice((lastPageNumber + 1) * pageSize);
  }

  async close(): Promise<void> {
    this.ahead.close();
    clearInterval(this.beating);
    try {
      this.transact((tx) => {
        this.checkOwner(tx);
        tx.remove(OWNER_KEY);
      });
    } finally {
      await this.db.close();
      releaseFolder(this.dir, this.me);
    }
  }

  private beat(): void {
    this.beaten = performance.now();
    beat(this.dir);
  }

  private own(): void {
    this.transact((tx) => {
      const owner = tx.json<Owner>(OWNER_KEY);
      if (owner && lifeOf(owner) === 'runs') throw heldError(this.dir, owner);
      tx.putJson(OWNER_KEY, this.me);
    });
  }

  /** One durable transaction of its own. */
  transact(body: (tx: Transaction) => void): void {
    const tx = new Transaction(this.db, this.census, { stamp: this.census.now, aged: this.census.now });
    const census = this.db.transactionSync(() => {
      body(tx);
      return tx.finish();
    }, TransactionFlags.ABORTABLE | TransactionFlags.SYNCHRONOUS_COMMIT);
    this.witness(census);
  }
}

/** Another process owns the store by now. */
export class TakenOverError extends BackendError {}
