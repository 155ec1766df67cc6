/** Who runs which task of a job, in memory: members share its partitions, and each join or leave moves some of them. */
import type { Membership, TaskOwner } from '../../runtime/ports/backend';
import type { TaskId } from '../../runtime/ports/epoch';

interface Member {
  readonly owner: TaskOwner;
  partitions: readonly number[];
}

export class MemoryGroup {
  private readonly members: Member[] = [];
  /** One movement after the other. */
  private moving: Promise<void> = Promise.resolve();

  constructor(
    private readonly job: string,
    private readonly partitions: number,
    private readonly budgetMicros: number,
  ) {}

  join(owner: TaskOwner): Membership {
    const member: Member = { owner, partitions: [] };
    this.moving = this.moving.then(async () => {
      this.members.push(member);
      await this.balance();
    });
    return { leave: () => this.leave(member) };
  }

  /** A member that was not heard of for too long: its tasks are others' before it knows. */
  evict(owner: TaskOwner): Promise<void> {
    return this.move(owner, async (member) => {
      const { partitions } = member;
      member.partitions = [];
      await this.balance();
      owner.lost(this.tasks(partitions));
    });
  }

  /** Resolves when nothing moves. */
  settled(): Promise<void> {
    return this.moving;
  }

  private leave(member: Member): Promise<void> {
    return this.move(member.owner, async () => {
      await member.owner.revoked(this.tasks(member.partitions), this.budgetMicros);
      member.partitions = [];
      await this.balance();
    });
  }

  private move(owner: TaskOwner, what: (member: Member) => Promise<void>): Promise<void> {
    this.moving = this.moving.then(async () => {
      const at = this.members.findIndex((one) => one.owner === owner);
      if (at >= 0) await what(this.members.splice(at, 1)[0]!);
    });
    return this.moving;
  }

  /** Takes away first, gives then: no task has two owners by intention. */
  private async balance(): Promise<void> {
    const wanted = this.members.map((_, index) =>
      Array.from({ length: this.partitions }, (_, one) => one).filter(
        (one) => one % this.members.length === index,
      ),
    );
    for (const [index, member] of this.members.entries()) {
      const gone = member.partitions.filter((one) => !wanted[index]!.includes(one));
      if (gone.length > 0) await member.owner.revoked(this.tasks(gone), this.budgetMicros);
    }
    for (const [index, member] of this.members.entries()) {
      const fresh = wanted[index]!.filter((one) => !member.partitions.includes(one));
      member.partitions = wanted[index]!;
      if (fresh.length > 0) member.owner.assigned(this.tasks(fresh));
    }
  }

  private tasks(partitions: readonly number[]): TaskId[] {
    return partitions.map((partition) => ({ job: this.job, partition }));
  }
}
