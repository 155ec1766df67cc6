/**
 * The store in the hands of its one writer: checked before it is mapped, owned by this process, counted, and witnessed
 * after every commit.
 */
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TransactionFlags } from 'lmdb';
import { type Census, noCensus, takeCensus } from './census';
import { checkDataFile, openWitness, prepareFolder, writeWitness } from './folder';
import { Kind } from './keys';
import { heldError, isHeldByOther, type Owner, thisProcess } from './owner';
import { dataFile, type Lmdb, lastTransactionOf, openError, openLmdb, View } from './store';
import { Transaction } from './transaction';

const OWNER_KEY = Buffer.from([Kind.Store, 1]);
const ownerFile = (dir: string): string => join(dir, 'owner');

export class OwnedStore {
  census: Census = noCensus;
  readonly db: Lmdb;
  private readonly witnessHandle: number;

  /** Throws BackendError or CorruptionError, and then owns nothing. */
  constructor(
    private readonly dir: string,
    mapBytes: number,
    prepare: (dir: string) => void = (folder) => prepareFolder(folder, true),
  ) {
    try {
      prepare(dir);
      checkOwnerFile(dir);
      checkDataFile(dir, { mayExtend: true });
      this.db = openLmdb({ dir, mapBytes, readOnly: false });
      this.census = takeCensus(new View(this.db), lastTransactionOf(this.db));
      this.witnessHandle = openWitness(dir, 'r+');
      this.own();
      writeFileSync(ownerFile(dir), JSON.stringify(thisProcess()));
    } catch (error) {
      throw openError(dir, error);
    }
  }

  /** Remembers outside the store what it has acknowledged. */
  witness(census: Census): void {
    this.census = census;
    writeWitness(this.witnessHandle, {
      transaction: census.transaction,
      fileBytes: statSync(dataFile(this.dir)).size,
    });
  }

  async close(): Promise<void> {
    this.transact((tx) => tx.remove(OWNER_KEY));
    rmSync(ownerFile(this.dir), { force: true });
    await this.db.close();
  }

  private own(): void {
    this.transact((tx) => {
      const owner = tx.json<Owner>(OWNER_KEY);
      if (owner && isHeldByOther(owner)) throw heldError(this.dir, owner);
      tx.putJson(OWNER_KEY, thisProcess());
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

/** Refuses a folder that another process holds. Says nothing of races: those the store's own record decides. */
export function checkOwnerFile(dir: string): void {
  let owner: Owner;
  try {
    owner = JSON.parse(readFileSync(ownerFile(dir), 'utf8')) as Owner;
  } catch {
    // No owner, or one that was killed as it wrote its name.
    return;
  }
  if (isHeldByOther(owner)) throw heldError(dir, owner);
}
