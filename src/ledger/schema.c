/* SPDX-License-Identifier: MIT
 *
 * Tables; see schema.h. Times are microseconds since 1970, days are days since
 * 1970 (UTC), amounts satoshi, hashes 32 bytes in the order of the hash
 * function. NULL where there is none.
 *
 *	number	counters by their number (ledger_priv.h)
 *	setting	the newsroom's settings as text
 *	batch	installed statements; "next" is the first leaf of its own that
 *		was not handed out
 *	leaf	every address, numbered through all batches. Never changed
 *	node	the tree over a batch's leaves, level 0 being their hashes
 *	ask	who was given which leaf. Of the token only a hash, so that who
 *		steals the file cannot open receipts. "net" is forgotten after
 *		a day. A leaf of its own is in one ask at most. "seal" is a hash
 *		of the token itself with the leaf: who edits the file cannot
 *		make one for another leaf
 *	block	what is known of blocks: marks (ledger/settle.h), and is_best,
 *		which follows from them
 *	synced	the words "synced up to a height" that still say something: each
 *		later one has a greater height
 *	tx	what is known of transactions outside of blocks
 *	spend	the coins that transactions which pay us spend
 *	conflict  other transactions in blocks that spend the same coins
 *	payment	one output that pays one leaf
 *	appearance  the blocks in which payments stand
 *	early	facts that came before an earlier one of the same epoch
 *	account, entry	the ledger; entries are never changed (triggers refuse,
 *		and each holds the hash of the one before)
 *	balance, day	sums over entries, kept so that nobody need add up
 *	paid	how many payments are in each state, and their sum, whole coins
 *		and satoshi apart: a node may say anything of what is not in a
 *		block, and however many such payments there are, no sum leaves
 *		its range. given and month, sums over days by account and by
 *		month (year * 100 + month): for the treasurer's view, which must
 *		not grow with the book. All three are kept by triggers
 *	quote	the newest word of each rate source
 *	rate	rates that were accepted
 *	alarm	what is wrong now, by its kind (ledger/alarm.h)
 */
#include "ledger/schema.h"

/* 202611, of a day since 1970. */
#define MONTH_FROM " CAST(strftime('%Y%m', "
#define MONTH_END  " * 86400, 'unixepoch') AS INTEGER)"
#define OLD_MONTH  MONTH_FROM "day" MONTH_END
#define NEW_MONTH  MONTH_FROM "new.day" MONTH_END
#define NEW_SUMS   " new.currency, new.amount, new.money, new.gifts)"
#define ADD_UP                                                                 \
	" DO UPDATE SET amount = amount + excluded.amount,"                    \
	" money = money + excluded.money, gifts = gifts + excluded.gifts;"
#define MOVE_ON                                                                \
	" amount = amount + new.amount - old.amount,"                          \
	" money = money + new.money - old.money,"                              \
	" gifts = gifts + new.gifts - old.gifts"
#define ADD_PAID                                                               \
	" INSERT INTO paid VALUES (new.state, 1, new.amount / 100000000,"      \
	" new.amount % 100000000) ON CONFLICT (state) DO UPDATE SET"           \
	" n = n + 1, coins = coins + excluded.coins,"                          \
	" sats = sats + excluded.sats;"
#define TAKE_PAID                                                              \
	" UPDATE paid SET n = n - 1, coins = coins - old.amount / 100000000,"  \
	" sats = sats - old.amount % 100000000 WHERE state = old.state;"

static const struct migration till_list[] = {
    {1, {"CREATE TABLE number ("
	 " id INTEGER PRIMARY KEY, value INTEGER NOT NULL"
	 ") STRICT;"
	 "CREATE TABLE setting ("
	 " key TEXT PRIMARY KEY, value TEXT NOT NULL"
	 ") STRICT, WITHOUT ROWID;"
	 "CREATE TABLE batch ("
	 " number INTEGER PRIMARY KEY,"
	 " hash BLOB NOT NULL UNIQUE,"
	 " statement TEXT NOT NULL,"
	 " signature TEXT NOT NULL,"
	 " first INTEGER NOT NULL,"
	 " count INTEGER NOT NULL,"
	 " shared INTEGER NOT NULL,"
	 " next INTEGER NOT NULL,"
	 " installed_us INTEGER NOT NULL"
	 ") STRICT;"
	 "CREATE TRIGGER batch_stays BEFORE DELETE ON batch"
	 " BEGIN SELECT RAISE(ABORT, 'a batch stays'); END;"
	 "CREATE TRIGGER batch_never_back BEFORE UPDATE ON batch"
	 " WHEN new.next < old.next OR new.number <> old.number"
	 " OR new.hash <> old.hash OR new.first <> old.first"
	 " OR new.count <> old.count OR new.statement <> old.statement"
	 " BEGIN SELECT RAISE(ABORT, 'leaves are used once'); END;"
	 "CREATE TABLE leaf ("
	 " number INTEGER PRIMARY KEY,"
	 " batch INTEGER NOT NULL,"
	 " script BLOB NOT NULL UNIQUE,"
	 " salt BLOB NOT NULL,"
	 " is_shared INTEGER NOT NULL"
	 ") STRICT;"
	 "CREATE TRIGGER leaf_stays BEFORE DELETE ON leaf"
	 " BEGIN SELECT RAISE(ABORT, 'a leaf stays'); END;"
	 "CREATE TRIGGER leaf_same BEFORE UPDATE ON leaf"
	 " BEGIN SELECT RAISE(ABORT, 'a leaf is never changed'); END;"
	 "CREATE TABLE node ("
	 " batch INTEGER NOT NULL,"
	 " level INTEGER NOT NULL,"
	 " at INTEGER NOT NULL,"
	 " hash BLOB NOT NULL,"
	 " PRIMARY KEY (batch, level, at)"
	 ") STRICT, WITHOUT ROWID;"
	 "CREATE TABLE ask ("
	 " id INTEGER PRIMARY KEY,"
	 " token BLOB NOT NULL UNIQUE,"
	 " leaf INTEGER NOT NULL,"
	 " is_shared INTEGER NOT NULL,"
	 " is_common INTEGER NOT NULL,"
	 " is_open INTEGER NOT NULL,"
	 " asked_us INTEGER NOT NULL,"
	 " kind INTEGER NOT NULL,"
	 " purpose TEXT NOT NULL,"
	 " wanted INTEGER NOT NULL,"
	 " money INTEGER NOT NULL,"
	 " currency TEXT NOT NULL,"
	 " decimals INTEGER NOT NULL,"
	 " price INTEGER,"
	 " source TEXT,"
	 " rate_us INTEGER,"
	 " ends_us INTEGER,"
	 " net BLOB"
	 ") STRICT;"
	 "CREATE UNIQUE INDEX ask_leaf ON ask (leaf) WHERE is_shared = 0;"
	 "CREATE INDEX ask_open ON ask (asked_us) WHERE is_open = 1;"
	 "CREATE INDEX ask_shared ON ask (asked_us) WHERE is_shared = 1;"
	 "CREATE INDEX ask_net ON ask (net, asked_us)"
	 " WHERE net IS NOT NULL;"
	 "CREATE INDEX ask_forget ON ask (asked_us) WHERE net IS NOT NULL;"
	 "CREATE TRIGGER ask_stays BEFORE DELETE ON ask"
	 " BEGIN SELECT RAISE(ABORT, 'an ask stays'); END;"}},
    {2, {"CREATE TABLE block ("
	 " hash BLOB PRIMARY KEY,"
	 " height INTEGER NOT NULL,"
	 " prev BLOB NOT NULL,"
	 " time_us INTEGER NOT NULL,"
	 " join_epoch INTEGER NOT NULL,"
	 " join_seq INTEGER NOT NULL,"
	 " gone_epoch INTEGER NOT NULL,"
	 " gone_seq INTEGER NOT NULL,"
	 " is_best INTEGER NOT NULL"
	 ") STRICT, WITHOUT ROWID;"
	 "CREATE INDEX block_height ON block (height, join_epoch, join_seq);"
	 "CREATE INDEX block_best ON block (height) WHERE is_best = 1;"
	 "CREATE TABLE synced ("
	 " epoch INTEGER NOT NULL,"
	 " seq INTEGER NOT NULL,"
	 " height INTEGER NOT NULL,"
	 " PRIMARY KEY (epoch, seq)"
	 ") STRICT, WITHOUT ROWID;"
	 "CREATE INDEX synced_height ON synced (height);"
	 "CREATE TABLE tx ("
	 " txid BLOB PRIMARY KEY,"
	 " inputs INTEGER NOT NULL,"
	 " signals_rbf INTEGER NOT NULL,"
	 " seen_epoch INTEGER NOT NULL,"
	 " seen_seq INTEGER NOT NULL,"
	 " drop_epoch INTEGER NOT NULL,"
	 " drop_seq INTEGER NOT NULL,"
	 " is_replaced INTEGER NOT NULL,"
	 " replaced_by BLOB"
	 ") STRICT, WITHOUT ROWID;"
	 "CREATE TABLE spend ("
	 " txid BLOB NOT NULL,"
	 " at INTEGER NOT NULL,"
	 " prev BLOB NOT NULL,"
	 " vout INTEGER NOT NULL,"
	 " PRIMARY KEY (txid, at)"
	 ") STRICT, WITHOUT ROWID;"
	 "CREATE INDEX spend_prev ON spend (prev, vout);"
	 "CREATE TABLE conflict ("
	 " txid BLOB NOT NULL,"
	 " block BLOB NOT NULL,"
	 " by BLOB NOT NULL,"
	 " PRIMARY KEY (txid, block, by)"
	 ") STRICT, WITHOUT ROWID;"
	 "CREATE INDEX conflict_block ON conflict (block);"
	 "CREATE TABLE payment ("
	 " id INTEGER PRIMARY KEY,"
	 " txid BLOB NOT NULL,"
	 " vout INTEGER NOT NULL,"
	 " leaf INTEGER NOT NULL,"
	 " amount INTEGER NOT NULL,"
	 " is_coinbase INTEGER NOT NULL,"
	 " first_us INTEGER NOT NULL,"
	 " state INTEGER NOT NULL,"
	 " height INTEGER,"
	 " block_us INTEGER,"
	 " booked INTEGER,"
	 " reversals INTEGER NOT NULL,"
	 " UNIQUE (txid, vout)"
	 ") STRICT;"
	 "CREATE INDEX payment_leaf ON payment (leaf);"
	 "CREATE INDEX payment_pending ON payment (state)"
	 " WHERE state = 1;"
	 "CREATE INDEX payment_waiting ON payment (txid)"
	 " WHERE state IN (0, 3);"
	 "CREATE TABLE appearance ("
	 " block BLOB NOT NULL,"
	 " payment INTEGER NOT NULL,"
	 " PRIMARY KEY (block, payment)"
	 ") STRICT, WITHOUT ROWID;"
	 "CREATE INDEX appearance_payment ON appearance (payment);"
	 "CREATE TABLE early ("
	 " seq INTEGER PRIMARY KEY, synced INTEGER"
	 ") STRICT;"}},
    {3, {"CREATE TABLE account ("
	 " id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE"
	 ") STRICT;"
	 "CREATE TABLE entry ("
	 " seq INTEGER PRIMARY KEY,"
	 " kind INTEGER NOT NULL,"
	 " booked_us INTEGER NOT NULL,"
	 " date_us INTEGER NOT NULL,"
	 " txid BLOB NOT NULL,"
	 " vout INTEGER NOT NULL,"
	 " block BLOB NOT NULL,"
	 " height INTEGER NOT NULL,"
	 " leaf INTEGER NOT NULL,"
	 " about INTEGER NOT NULL,"
	 " amount INTEGER NOT NULL,"
	 " debit INTEGER NOT NULL,"
	 " credit INTEGER NOT NULL,"
	 " currency TEXT,"
	 " decimals INTEGER,"
	 " money INTEGER,"
	 " price INTEGER,"
	 " source TEXT,"
	 " rate_us INTEGER,"
	 " hash BLOB NOT NULL"
	 ") STRICT;"
	 "CREATE INDEX entry_about ON entry (about) WHERE about > 0;"
	 "CREATE INDEX entry_unvalued ON entry (date_us)"
	 " WHERE kind = 1 AND currency IS NULL;"
	 "CREATE TRIGGER entry_stays BEFORE DELETE ON entry"
	 " BEGIN SELECT RAISE(ABORT, 'an entry stays'); END;"
	 "CREATE TRIGGER entry_same BEFORE UPDATE ON entry"
	 " BEGIN SELECT RAISE(ABORT, 'an entry is never changed'); END;"
	 "CREATE TRIGGER account_same BEFORE UPDATE ON account"
	 " BEGIN SELECT RAISE(ABORT, 'an account keeps its name'); END;"
	 "CREATE TABLE balance ("
	 " account INTEGER PRIMARY KEY,"
	 " amount INTEGER NOT NULL,"
	 " entries INTEGER NOT NULL"
	 ") STRICT;"
	 "CREATE TABLE day ("
	 " day INTEGER NOT NULL,"
	 " account INTEGER NOT NULL,"
	 " currency TEXT NOT NULL,"
	 " amount INTEGER NOT NULL,"
	 " money INTEGER NOT NULL,"
	 " gifts INTEGER NOT NULL,"
	 " PRIMARY KEY (day, account, currency)"
	 ") STRICT, WITHOUT ROWID;"
	 "CREATE TABLE quote ("
	 " source TEXT NOT NULL,"
	 " currency TEXT NOT NULL,"
	 " decimals INTEGER NOT NULL,"
	 " price INTEGER NOT NULL,"
	 " at_us INTEGER NOT NULL,"
	 " PRIMARY KEY (source, currency)"
	 ") STRICT, WITHOUT ROWID;"
	 "CREATE TABLE rate ("
	 " currency TEXT NOT NULL,"
	 " at_us INTEGER NOT NULL,"
	 " decimals INTEGER NOT NULL,"
	 " price INTEGER NOT NULL,"
	 " source TEXT NOT NULL,"
	 " sources TEXT NOT NULL,"
	 " PRIMARY KEY (currency, at_us)"
	 ") STRICT, WITHOUT ROWID;"}},
    {4, {"ALTER TABLE ask ADD COLUMN seal BLOB;"
	 "CREATE TABLE alarm ("
	 " kind INTEGER PRIMARY KEY,"
	 " severity INTEGER NOT NULL,"
	 " since_us INTEGER NOT NULL,"
	 " last_us INTEGER NOT NULL,"
	 " what TEXT NOT NULL"
	 ") STRICT;"}},
    {5, {"CREATE TABLE paid ("
	 " state INTEGER PRIMARY KEY,"
	 " n INTEGER NOT NULL,"
	 " amount INTEGER NOT NULL"
	 ") STRICT;"
	 "INSERT INTO paid SELECT state, count(*), sum(amount) FROM payment"
	 " GROUP BY state;"
	 "CREATE TRIGGER payment_added AFTER INSERT ON payment BEGIN"
	 " INSERT INTO paid VALUES (new.state, 1, new.amount)"
	 " ON CONFLICT (state) DO UPDATE SET n = n + 1,"
	 " amount = amount + excluded.amount; END;"
	 "CREATE TRIGGER payment_moved AFTER UPDATE OF state, amount ON payment"
	 " WHEN new.state <> old.state OR new.amount <> old.amount BEGIN"
	 " UPDATE paid SET n = n - 1, amount = amount - old.amount"
	 " WHERE state = old.state;"
	 " INSERT INTO paid VALUES (new.state, 1, new.amount)"
	 " ON CONFLICT (state) DO UPDATE SET n = n + 1,"
	 " amount = amount + excluded.amount; END;"
	 "CREATE TRIGGER payment_gone AFTER DELETE ON payment BEGIN"
	 " UPDATE paid SET n = n - 1, amount = amount - old.amount"
	 " WHERE state = old.state; END;"
	 "CREATE TABLE given ("
	 " account INTEGER NOT NULL,"
	 " currency TEXT NOT NULL,"
	 " amount INTEGER NOT NULL,"
	 " money INTEGER NOT NULL,"
	 " gifts INTEGER NOT NULL,"
	 " PRIMARY KEY (account, currency)"
	 ") STRICT, WITHOUT ROWID;"
	 "INSERT INTO given SELECT account, currency, sum(amount), sum(money),"
	 " sum(gifts) FROM day GROUP BY 1, 2;"
	 "CREATE TABLE month ("
	 " month INTEGER NOT NULL,"
	 " currency TEXT NOT NULL,"
	 " amount INTEGER NOT NULL,"
	 " money INTEGER NOT NULL,"
	 " gifts INTEGER NOT NULL,"
	 " PRIMARY KEY (month, currency)"
	 ") STRICT, WITHOUT ROWID;"
	 "INSERT INTO month SELECT" OLD_MONTH ", currency,"
	 " sum(amount), sum(money), sum(gifts) FROM day GROUP BY 1, 2;"
	 "CREATE TRIGGER day_added AFTER INSERT ON day BEGIN"
	 " INSERT INTO given VALUES (new.account," NEW_SUMS
	 " ON CONFLICT (account, currency)" ADD_UP
	 " INSERT INTO month VALUES (" NEW_MONTH "," NEW_SUMS
	 " ON CONFLICT (month, currency)" ADD_UP " END;"
	 "CREATE TRIGGER day_changed AFTER UPDATE ON day BEGIN"
	 " UPDATE given SET" MOVE_ON " WHERE account = new.account"
	 " AND currency = new.currency;"
	 " UPDATE month SET" MOVE_ON " WHERE month =" NEW_MONTH
	 " AND currency = new.currency; END;"
	 "CREATE INDEX balance_amount ON balance (amount);"
	 "CREATE INDEX ask_own ON ask (asked_us) WHERE is_shared = 0;"}},
    {6, {"DROP TRIGGER payment_added;"
	 "DROP TRIGGER payment_moved;"
	 "DROP TRIGGER payment_gone;"
	 "DROP TABLE paid;"
	 "CREATE TABLE paid ("
	 " state INTEGER PRIMARY KEY,"
	 " n INTEGER NOT NULL,"
	 " coins INTEGER NOT NULL,"
	 " sats INTEGER NOT NULL"
	 ") STRICT;"
	 "INSERT INTO paid SELECT state, count(*), sum(amount / 100000000),"
	 " sum(amount % 100000000) FROM payment GROUP BY state;"
	 "CREATE TRIGGER payment_added AFTER INSERT ON payment BEGIN" ADD_PAID
	 " END;"
	 "CREATE TRIGGER payment_moved AFTER UPDATE OF state, amount ON payment"
	 " WHEN new.state <> old.state OR new.amount <> old.amount"
	 " BEGIN" TAKE_PAID ADD_PAID " END;"
	 "CREATE TRIGGER payment_gone AFTER DELETE ON payment BEGIN" TAKE_PAID
	 " END;"}},
};

const struct migration *schema_till(size_t *ret_n)
{
	*ret_n = sizeof(till_list) / sizeof(till_list[0]);
	return till_list;
}
