-- Why a part is missing, and why a package does not go on, as codes that can be said in the reader's language. What stands in note and trouble beside
-- a code is the detail of it as it came; without a code it is the sentence of an older version.
alter table evidence_part add column obstacle text;
alter table evidence_package add column obstacle text;
