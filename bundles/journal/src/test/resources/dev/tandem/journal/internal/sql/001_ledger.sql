CREATE TABLE ledger_account (
    site TEXT NOT NULL,
    id TEXT NOT NULL,
    balance BIGINT NOT NULL,
    copied TEXT,
    subject TEXT,
    PRIMARY KEY (site, id)
);
