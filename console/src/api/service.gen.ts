// Made from openapi.json by `npm ci && npm run generate` in console/openapi. Not to be changed by hand.
// of dc0275d0f12713dd7ecb66527e3c5c2da918a9c1de36d903f9800fedb14c90c5
// is 5cff9adfb0e812130e32e3d131f5929aeb9f7c6be6a28c7a4519e4173a7fe056
export interface paths {
    "/service/v1/account": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One's own account
         * @description One's own account.
         */
        get: operations["accountShow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/account/address": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description `{"address": {"email": …`, "proof": {"password": …, "code": …}}}: a link goes to the new address. */
        post: operations["addressAsk"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/account/passkeys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Takes the passkey into use that the browser made
         * @description Takes the passkey into use that the browser made.
         */
        put: operations["passkeyRegister"];
        /**
         * Begins
         * @description Begins: options for `navigator.credentials.create`.
         */
        post: operations["passkeyBegin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/account/passkeys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Renames a passkey
         * @description Renames a passkey.
         */
        put: operations["passkeyRename"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/account/passkeys/{id}/removal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Removes a passkey
         * @description Removes a passkey.
         */
        post: operations["passkeyRemove"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/account/passkeys/challenge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Options for `navigator.credentials.get`, for a proof with a passkey in it
         * @description Options for `navigator.credentials.get`, for a proof with a passkey in it.
         */
        post: operations["passkeyRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/account/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Changes one's own password
         * @description Changes one's own password. All sessions end, this one as well.
         */
        post: operations["accountChangePassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/account/second-factor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One's own second factor
         * @description One's own second factor.
         */
        get: operations["accountState"];
        /**
         * Takes it into use with the first code
         * @description Takes it into use with the first code.
         */
        put: operations["accountConfirm"];
        /**
         * Begins
         * @description Begins: a seed to scan.
         */
        post: operations["accountBegin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/account/second-factor/recovery-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Makes new recovery codes
         * @description Makes new recovery codes. The former are void.
         */
        post: operations["accountRenewCodes"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/account/second-factor/removal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Turns the codes of the authenticator app off
         * @description Turns the codes of the authenticator app off.
         */
        post: operations["accountRemove"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/address-confirmations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The holder of the link reads the new address of his account
         * @description The holder of the link reads the new address of his account: from now on it is registered.
         */
        post: operations["addressConfirm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/application": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The application that the secret is for
         * @description The application that the secret is for.
         */
        get: operations["applyFollow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/application-credentials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One's own application credentials and where they may be used from
         * @description One's own application credentials and where they may be used from; `everyone=true` as for sessions.
         */
        get: operations["sourceCredentials"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/application-credentials/{credential}/sources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** @description `{"prefixes": ["198.51.100.0/24"]`}; none: everywhere that its owner may come from. */
        put: operations["sourceLimit"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/application-verifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The link of the mail was followed and its button pressed
         * @description The link of the mail was followed and its button pressed: reading it alone, as scanners of mail do, changes nothing.
         */
        post: operations["applyVerify"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/application/consent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Agrees to the texts of the plan
         * @description Agrees to the texts of the plan. The contract is made after that.
         */
        post: operations["applyAgree"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/application/withdrawal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes the application back
         * @description Takes the application back.
         */
        post: operations["applyWithdraw"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/applications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All applications, newest first
         * @description All applications, newest first.
         */
        get: operations["reviewList"];
        put?: never;
        /**
         * 202 whatever becomes of it
         * @description 202 whatever becomes of it; a mail goes to the address.
         */
        post: operations["applyApply"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/applications/{application}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One application with what has happened
         * @description One application with what has happened.
         */
        get: operations["reviewShow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/applications/{application}/approval": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approves it
         * @description Approves it. The applicant gets a mail with the link to the consent.
         */
        post: operations["reviewApprove"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/applications/{application}/refusal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Refuses it
         * @description Refuses it. The applicant gets a mail with the reason.
         */
        post: operations["reviewRefuse"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/authority": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The authority's certificate in PEM
         * @description The authority's certificate in PEM; public, and worth something only to those who know its fingerprint.
         */
        get: operations["joinAuthority"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/backups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description `state` (none, good, failing, overdue), when the newest was made, where they are, and each of them. */
        get: operations["backupList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/break-glass": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All accesses, newest first, and the log-ins on hosts that nobody has looked into
         * @description All accesses, newest first, and the log-ins on hosts that nobody has looked into.
         */
        get: operations["breakGlassList"];
        put?: never;
        /**
         * Asks for access to a customer's project or to a host
         * @description Asks for access to a customer's project or to a host. Somebody else decides.
         */
        post: operations["breakGlassRequest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/break-glass/{id}/approval": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Grants it
         * @description Grants it. Not by who has asked for it.
         */
        put: operations["breakGlassApprove"];
        post?: never;
        /**
         * Refuses the request, or takes one's own back
         * @description Refuses the request, or takes one's own back.
         */
        delete: operations["breakGlassDecline"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/break-glass/{id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Ends a running access at once
         * @description Ends a running access at once.
         */
        put: operations["breakGlassEnd"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/break-glass/{id}/review": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Signs, after its end, that somebody has looked into what was done with it
         * @description Signs, after its end, that somebody has looked into what was done with it.
         */
        put: operations["breakGlassReview"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/break-glass/log-ins/{id}/review": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Signs that somebody has looked into a log-in without an access
         * @description Signs that somebody has looked into a log-in without an access.
         */
        put: operations["breakGlassSignLogIn"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/certificates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All certificates of the site as they are in use now
         * @description All certificates of the site as they are in use now.
         */
        get: operations["certificateList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/certificates/{name}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tries a renewal that failed again at once
         * @description Tries a renewal that failed again at once. 404: no such certificate; 409: nothing to try, or the ACME server asked for a pause.
         */
        post: operations["certificateRetry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Tells changes as they happen, as server-sent events
         * @description Tells changes as they happen, as server-sent events.
         */
        get: operations["changeFollow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/contract": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The contract of one's own project
         * @description The contract of one's own project.
         */
        get: operations["contractShow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/contract/consent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The master agrees to the newest version of the plan, for the contract
         * @description The master agrees to the newest version of the plan, for the contract.
         */
        post: operations["contractAgree"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/evidence/disclosures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The register, newest first
         * @description The register, newest first.
         */
        get: operations["disclosureList"];
        put?: never;
        /**
         * Records a request that came in
         * @description Records a request that came in.
         */
        post: operations["disclosureRecord"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/evidence/disclosures/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One request with its history
         * @description One request with its history.
         */
        get: operations["disclosureShow"];
        /**
         * Puts right what was written down
         * @description Puts right what was written down; what stood there before stays in its history.
         */
        put: operations["disclosureCorrect"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/evidence/disclosures/{id}/closure": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Closes it after the answer was handed over
         * @description Closes it after the answer was handed over.
         */
        put: operations["disclosureClose"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/evidence/disclosures/{id}/decision": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * The second person's
         * @description The second person's: agreed, or given back to be proposed anew.
         */
        put: operations["disclosureDecide"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/evidence/disclosures/{id}/handover": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * The answer was handed to somebody
         * @description The answer was handed to somebody.
         */
        put: operations["disclosureHandOver"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/evidence/disclosures/{id}/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Adds a note to its history
         * @description Adds a note to its history.
         */
        post: operations["disclosureNote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/evidence/disclosures/{id}/notice": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tells the customer by mail
         * @description Tells the customer by mail.
         */
        post: operations["disclosureTell"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/evidence/disclosures/{id}/openness": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Changes whether the customer may be told
         * @description Changes whether the customer may be told.
         */
        put: operations["disclosureMayTell"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/evidence/disclosures/{id}/packages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A package that was made before answers this request too
         * @description A package that was made before answers this request too.
         */
        post: operations["disclosureLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/evidence/disclosures/{id}/proposal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Proposes the answer
         * @description Proposes the answer. A second person decides.
         */
        put: operations["disclosurePropose"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/evidence/disclosures/{id}/secrecy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Asks that the customer is not told before a day
         * @description Asks that the customer is not told before a day. A second person agrees.
         */
        put: operations["secrecyAsk"];
        post?: never;
        /**
         * Ends it before its day
         * @description Ends it before its day; what is owed to the customer's history comes into it within seconds.
         */
        delete: operations["secrecyEnd"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/evidence/disclosures/{id}/secrecy/agreement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * The second person's
         * @description The second person's.
         */
        put: operations["secrecyAgree"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/evidence/disclosures/{id}/withdrawal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Whoever had asked has taken the request back
         * @description Whoever had asked has taken the request back.
         */
        put: operations["disclosureWithdraw"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/evidence/disclosures/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The same as a file for spreadsheets
         * @description The same as a file for spreadsheets.
         */
        get: operations["disclosureExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/evidence/holds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The register
         * @description The register.
         */
        get: operations["holdList"];
        put?: never;
        /**
         * Holds things provisionally, at once
         * @description Holds things provisionally, at once. Without a second person it lapses after three days.
         */
        post: operations["holdMake"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/evidence/holds/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One hold
         * @description One hold.
         */
        get: operations["holdShow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/evidence/holds/{id}/confirmation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Puts it in force
         * @description Puts it in force. Not by who has made it.
         */
        put: operations["holdConfirm"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/evidence/holds/{id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Asks for the end, or agrees to it as the second person
         * @description Asks for the end, or agrees to it as the second person.
         */
        put: operations["holdEnd"];
        post?: never;
        /**
         * Takes the wish to end it back, or refuses it
         * @description Takes the wish to end it back, or refuses it.
         */
        delete: operations["holdKeep"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/evidence/holds/{id}/openness": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * From now on the customer may know of it
         * @description From now on the customer may know of it.
         */
        put: operations["holdOpen"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/evidence/packages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All packages, newest first
         * @description All packages, newest first.
         */
        get: operations["packageList"];
        put?: never;
        /**
         * Begins to secure what is wanted
         * @description Begins to secure what is wanted.
         */
        post: operations["packageMake"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/evidence/packages/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One package with its parts and its chain of custody
         * @description One package with its parts and its chain of custody.
         */
        get: operations["packageShow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/evidence/packages/{id}/custody": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Writes down what was done with it outside
         * @description Writes down what was done with it outside.
         */
        post: operations["packageHandled"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/evidence/packages/{id}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The whole package, tar
         * @description The whole package, tar.
         */
        get: operations["packageDownload"];
        put?: never;
        post?: never;
        /**
         * Removes its files for good, after its time and while nothing of it is held
         * @description Removes its files for good, after its time and while nothing of it is held.
         */
        delete: operations["packageDestroy"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/evidence/packages/{id}/giving-up": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Takes it back before it is sealed
         * @description Takes it back before it is sealed.
         */
        post: operations["packageGiveUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/firewall-log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Noted packets, newest first
         * @description Noted packets, newest first.
         */
        get: operations["firewallLogList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/firewall-log/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The newest 10,000 of what is wanted as a file
         * @description The newest 10,000 of what is wanted as a file; `format` is `csv` or `json`.
         */
        get: operations["firewallLogExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/first-credentials": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description `{"credential": {"token": …, "password": …`}}; the password only where its owner chooses it. */
        post: operations["firstPasswordOpen"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/first-credentials/reading": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description `{"credential": {"token": …`}}: what the link is for; changes nothing. */
        post: operations["firstPasswordLook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/forwarding/checks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Connects, sends nothing and saves nothing
         * @description Connects, sends nothing and saves nothing.
         */
        post: operations["forwardingCheck"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/forwarding/destinations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where the history is sent to
         * @description Where the history is sent to.
         */
        get: operations["forwardingList"];
        put?: never;
        /**
         * 503 while the ledger does not answer
         * @description 503 while the ledger does not answer: it must be known where the history ends now.
         */
        post: operations["forwardingCreate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/forwarding/destinations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One destination and how far it has come
         * @description One destination and how far it has come.
         */
        get: operations["forwardingShow"];
        /**
         * Changes a destination
         * @description Changes a destination. All of it is sent, but the key, which stays where it is not given.
         */
        put: operations["forwardingChange"];
        post?: never;
        /**
         * Sends no more to it
         * @description Sends no more to it.
         */
        delete: operations["forwardingDelete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/forwarding/destinations/{id}/attempt": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tries a failing destination at once
         * @description Tries a failing destination at once.
         */
        post: operations["forwardingTryNow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/forwarding/destinations/{id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Stops sending until it is resumed
         * @description Stops sending until it is resumed. Nothing is lost.
         */
        put: operations["forwardingPause"];
        post?: never;
        /**
         * Goes on where it stopped
         * @description Goes on where it stopped.
         */
        delete: operations["forwardingResume"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/forwarding/destinations/{id}/secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A new secret for a webhook
         * @description A new secret for a webhook; the one before signs as well for a day.
         */
        post: operations["forwardingRotate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/forwarding/destinations/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sends a message that tells of no event, and waits for what becomes of it
         * @description Sends a message that tells of no event, and waits for what becomes of it.
         */
        post: operations["forwardingTest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["historyList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/history/{place}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All about one event, by its place in the history
         * @description All about one event, by its place in the history.
         */
        get: operations["historyShow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/history/consistency": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["historyConsistency"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/history/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["exportExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/history/head": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The newest signed head
         * @description The newest signed head.
         */
        get: operations["historyHead"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/history/proofs/{place}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What leads from an event to the newest signed head, and from there to a published round
         * @description What leads from an event to the newest signed head, and from there to a published round.
         */
        get: operations["historyProof"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/history/retention": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How long the events of each class are kept
         * @description How long the events of each class are kept.
         */
        get: operations["retentionAll"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/history/retention/{about}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Keeps the events of a class for so many days from now on
         * @description Keeps the events of a class for so many days from now on.
         */
        put: operations["retentionKeep"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/host-enrolments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The token is the permission
         * @description The token is the permission.
         */
        post: operations["joinEnrol"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/host-tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** @description `authority` is `sha256:HEX` of what `GET /service/v1/authority` answers; shown this once. */
        post: operations["joinToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/hosts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The hosts, by name
         * @description The hosts, by name.
         */
        get: operations["hostList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/hosts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One host
         * @description One host.
         */
        get: operations["hostShow"];
        put?: never;
        post?: never;
        /**
         * An empty host leaves for good
         * @description An empty host leaves for good; a new token lets its machine join again.
         */
        delete: operations["hostRemove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/hosts/{id}/access": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The accesses to the host that run, and the last log-ins on its machine
         * @description The accesses to the host that run, and the last log-ins on its machine.
         */
        get: operations["hostAccessShow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/hosts/{id}/drain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How the host was emptied last, or is being emptied
         * @description How the host was emptied last, or is being emptied.
         */
        get: operations["drainShow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/hosts/{id}/maintenance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * From now on no guest is placed on it
         * @description From now on no guest is placed on it; those that it has go on, there or, with `drain`, at other hosts.
         */
        put: operations["hostBeginMaintenance"];
        post?: never;
        /**
         * The host takes guests again
         * @description The host takes guests again. A drain under way ends.
         */
        delete: operations["hostEndMaintenance"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/hosts/{id}/owner": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Only an empty host changes hands
         * @description Only an empty host changes hands.
         */
        put: operations["hostDedicate"];
        post?: never;
        /**
         * The host is everybody's again
         * @description The host is everybody's again. Only an empty host changes hands.
         */
        delete: operations["hostUndedicate"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/identity-mails": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The mails about accounts on their way, newest first
         * @description The mails about accounts on their way, newest first.
         */
        get: operations["identityMailList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/identity-mails/{mail}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One of them
         * @description One of them; links in it are hidden.
         */
        get: operations["identityMailShow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/identity-mails/{mail}/opening": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * With its links, where no relay is configured and an operator hands it on
         * @description With its links, where no relay is configured and an operator hands it on; recorded.
         */
        post: operations["identityMailOpen"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/identity-mails/{mail}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sends one that has failed once more
         * @description Sends one that has failed once more.
         */
        post: operations["identityMailRetry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/identity-providers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All contracts' for operators, else those of the caller's own
         * @description All contracts' for operators, else those of the caller's own.
         */
        get: operations["providerList"];
        put?: never;
        /** @description `{"identityProvider": {"contract": ID, "name", "issuer", "clientId", "clientSecret", "scopes", "nameClaim", "mappingClaim", "rules": [{"value", "role" | "group"`], "secondFactor": [], "enabled"}}}. A change leaves contract and issuer as they are, and the secret where it is not given. */
        post: operations["providerCreate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/identity-providers/{provider}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One identity provider
         * @description One identity provider.
         */
        get: operations["providerShow"];
        /**
         * The same as a whole
         * @description The same as a whole; without a `clientSecret` that stays.
         */
        put: operations["providerUpdate"];
        post?: never;
        /**
         * Removes it
         * @description Removes it. Nobody signs in by it any more.
         */
        delete: operations["providerDelete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/identity-providers/{provider}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Asks the issuer now
         * @description Asks the issuer now: `{"trouble": null`} or what is wrong.
         */
        post: operations["providerCheck"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/ledger/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How often and when the auditor has read everything again, and what it found
         * @description How often and when the auditor has read everything again, and what it found.
         */
        get: operations["ledgerAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/ledger/key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The key that signs heads and rounds
         * @description The key that signs heads and rounds.
         */
        get: operations["ledgerKey"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/ledger/rounds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: operations["ledgerRounds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/ledger/subscription-endings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ends the mails
         * @description Ends the mails.
         */
        post: operations["subscriptionEnd"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/ledger/subscription-verifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The link of the mail was followed and its button pressed
         * @description The link of the mail was followed and its button pressed: reading it alone, as scanners of mail do, changes nothing.
         */
        post: operations["subscriptionVerify"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/ledger/subscriptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * 202 whatever becomes of it
         * @description 202 whatever becomes of it; a mail goes to the address.
         */
        post: operations["subscriptionSubscribe"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/mails": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The mails on their way, newest first
         * @description The mails on their way, newest first.
         */
        get: operations["mailList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/mails/{mail}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One mail
         * @description One mail; links in it are hidden.
         */
        get: operations["mailShow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/mails/{mail}/opening": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * With its links, where no relay is configured and an operator hands it on
         * @description With its links, where no relay is configured and an operator hands it on; recorded.
         */
        post: operations["mailOpen"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/mails/{mail}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sends a mail that has failed once more
         * @description Sends a mail that has failed once more.
         */
        post: operations["mailRetry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/manual/{language}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The manual of the version that runs, as PDF
         * @description The manual of the version that runs, as PDF.
         */
        get: operations["manualShow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/notice-register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All notices, newest first
         * @description All notices, newest first.
         */
        get: operations["noticeRegisterList"];
        put?: never;
        /**
         * Publishes a notice
         * @description Publishes a notice.
         */
        post: operations["noticeRegisterPublish"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/notice-register/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One notice with all its versions
         * @description One notice with all its versions.
         */
        get: operations["noticeRegisterShow"];
        /**
         * A new version in place of what it says
         * @description A new version in place of what it says.
         */
        put: operations["noticeRegisterCorrect"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/notice-register/{id}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Nobody sees it any more
         * @description Nobody sees it any more.
         */
        put: operations["noticeRegisterEnd"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/notice-register/contracts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whom a notice can be for, by company
         * @description Whom a notice can be for, by company.
         */
        get: operations["noticeRegisterContracts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/notices": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What is for whoever asks now
         * @description What is for whoever asks now.
         */
        get: operations["noticeList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/notices/{id}/reading": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * It is read, until it is corrected
         * @description It is read, until it is corrected.
         */
        post: operations["noticeRead"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/notices/reading": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * All that are shown now are read
         * @description All that are shown now are read.
         */
        post: operations["noticeReadAll"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * This description, of the version that runs
         * @description This description, of the version that runs.
         */
        get: operations["descriptionShow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/overdue-work": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Servers that are not yet what they should be by now
         * @description Servers that are not yet what they should be by now.
         */
        get: operations["overdueList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/password-issues/{user}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * An operator issues a password to the user
         * @description An operator issues a password to the user.
         */
        post: operations["passwordLinkIssue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/password-issues/open": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Shows an issued password
         * @description Shows an issued password: once, then its link is gone.
         */
        post: operations["passwordLinkOpen"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/password-resets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * 202 whether there is such an account or not
         * @description 202 whether there is such an account or not; a link goes to its registered address.
         */
        post: operations["passwordLinkAsk"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/password-resets/use": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sets the new password
         * @description Sets the new password; all sessions of the account end.
         */
        post: operations["passwordLinkReset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/plans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The newest version of each plan, by id
         * @description The newest version of each plan, by id.
         */
        get: operations["planList"];
        put?: never;
        /**
         * Publishes a version
         * @description Publishes a version: its document as YAML or JSON. 201 when it is new, 200 when it was published with the same content before.
         */
        post: operations["planPublish"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/plans/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All versions of a plan, the newest first
         * @description All versions of a plan, the newest first.
         */
        get: operations["planVersions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/plans/{id}/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One version of a plan
         * @description One version of a plan.
         */
        get: operations["planShow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/plans/{id}/offer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** @description `{"offered": false`}: no new contracts on the plan; those that are stay. */
        put: operations["planOffer"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/portal-access": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How the contract is reached
         * @description How the contract is reached; `contract=ID` for an operator.
         */
        get: operations["portalAccessShow"];
        /** @description `{"portalAccess": "internet" | "ssl-vpn"`}, for the `contract=ID`. */
        put: operations["portalAccessChange"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/portal-access/contracts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How each contract is reached
         * @description How each contract is reached.
         */
        get: operations["portalAccessAll"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/rights": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the caller may do
         * @description What the caller may do.
         */
        get: operations["rightList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/second-factor-exceptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who needs a second factor, and who is excepted
         * @description Who needs a second factor, and who is excepted.
         */
        get: operations["factorExceptionList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/second-factor-exceptions/{user}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Excepts an account
         * @description Excepts an account.
         */
        put: operations["factorExceptionMake"];
        post?: never;
        /**
         * Ends the exception
         * @description Ends the exception.
         */
        delete: operations["factorExceptionEnd"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/servers/{server}/console-visits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Newest first
         * @description Newest first; for a year, also of a server that is gone.
         */
        get: operations["consoleVisitList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/servers/{server}/placement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The newest searches for a host, newest first
         * @description The newest searches for a host, newest first; also of a server that is gone.
         */
        get: operations["placementList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/servers/{server}/protection": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Whether deletion of the server is refused
         * @description Whether deletion of the server is refused.
         */
        get: operations["protectionShow"];
        /**
         * Protects it from deletion, or does so no longer
         * @description Protects it from deletion, or does so no longer.
         */
        put: operations["protectionChange"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/servers/{server}/schedule-runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What became of each due time, newest first
         * @description What became of each due time, newest first.
         */
        get: operations["scheduleRuns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/servers/{server}/schedules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The schedules of the server
         * @description The schedules of the server.
         */
        get: operations["scheduleList"];
        put?: never;
        /**
         * Makes a schedule
         * @description Makes a schedule.
         */
        post: operations["scheduleCreate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/servers/{server}/schedules/{schedule}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One schedule
         * @description One schedule.
         */
        get: operations["scheduleShow"];
        /**
         * Changes a schedule
         * @description Changes a schedule. All of it is sent.
         */
        put: operations["scheduleChange"];
        post?: never;
        /**
         * Removes a schedule
         * @description Removes a schedule. What has run stays told.
         */
        delete: operations["scheduleDelete"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who is logged in, until when
         * @description Who is logged in, until when.
         */
        get: operations["sessionRead"];
        put?: never;
        /**
         * Opens a session of the console
         * @description Opens a session of the console. Where a second factor is missing, it is refused with `SecondFactorMissing`.
         */
        post: operations["sessionLogIn"];
        /**
         * Ends the session with all its tokens, so that a copy of the cookie is worth nothing either
         * @description Ends the session with all its tokens, so that a copy of the cookie is worth nothing either.
         */
        delete: operations["sessionLogOut"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/session/passkey": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Takes the passkey into use
         * @description Takes the passkey into use; answers it with the recovery codes.
         */
        put: operations["sessionRegisterPasskey"];
        /**
         * The same with a passkey
         * @description The same with a passkey: options for making one.
         */
        post: operations["sessionBeginPasskey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/session/proof": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Who works in the session shows again who he is, by his password, a code or a passkey
         * @description Who works in the session shows again who he is, by his password, a code or a passkey: what the policy asks a fresh proof for is done for some minutes after it.
         */
        post: operations["sessionProve"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/session/proof/challenge": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Options for showing a passkey in such a proof
         * @description Options for showing a passkey in such a proof.
         */
        post: operations["sessionProofChallenge"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/session/provider": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Opens the session, or asks for the second factor (401 with `SecondFactorMissing`)
         * @description Opens the session, or asks for the second factor (401 with `SecondFactorMissing`).
         */
        put: operations["providerSignInFinish"];
        /**
         * Answers `name` of the provider and the `address` to send the browser to
         * @description Answers `name` of the provider and the `address` to send the browser to.
         */
        post: operations["providerSignInBegin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/session/provider/second-factor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * With neither, answers anew what may be shown
         * @description With neither, answers anew what may be shown.
         */
        put: operations["providerSignInSecond"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/session/renewal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * The console may stay open as long as its user works
         * @description The console may stay open as long as its user works: a new token before the old one ends.
         */
        post: operations["sessionRenew"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/session/second-factor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Takes it into use with its first code
         * @description Takes it into use with its first code; answers the recovery codes.
         */
        put: operations["sessionConfirmSecondFactor"];
        /**
         * Where the site gives a role to nobody without a second factor, it is set up before the first session
         * @description Where the site gives a role to nobody without a second factor, it is set up before the first session: shows a seed to who knows the password, in the body of `logIn`.
         */
        post: operations["sessionBeginSecondFactor"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/session/view": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Opens a view in place of the browser's own session
         * @description Opens a view in place of the browser's own session.
         */
        post: operations["viewingOpen"];
        /**
         * Ends the view and goes back to the browser's own session
         * @description Ends the view and goes back to the browser's own session. Also when the view's time is over, so it asks for no token; what it gives is the browser's own, which no other site's page can ask for.
         */
        delete: operations["viewingEnd"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One's own sessions
         * @description One's own sessions; `everyone=true`: those of all users of the contract, for its master.
         */
        get: operations["sessionList"];
        put?: never;
        post?: never;
        /**
         * Ends all of one's own sessions but the one that asks
         * @description Ends all of one's own sessions but the one that asks.
         */
        delete: operations["sessionEndOthers"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/sessions/{session}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Ends a session with all its tokens
         * @description Ends a session with all its tokens.
         */
        delete: operations["sessionEnd"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/source-rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * From where the contract and its roles may be used
         * @description From where the contract and its roles may be used.
         */
        get: operations["sourceShow"];
        /** @description `{"rules": [{"role": null, "prefixes": ["198.51.100.0/24"]`]}}: these and no others. */
        put: operations["sourceChange"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/source-rules/tunnels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** @description `{"prefixes": […]`}: from where tunnels may be opened, where the plan wants a list beside them. */
        put: operations["sourceChangeTunnels"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/topology": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The project's networks, routers, ports, addresses and servers
         * @description The project's networks, routers, ports, addresses and servers.
         */
        get: operations["topologyShow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Users with the roles that they hold, and the contract's projects
         * @description Users with the roles that they hold, and the contract's projects; `contract=ID` for the provider's people.
         */
        get: operations["userRoleList"];
        put?: never;
        /** @description `{"user": {"name", "person", "email", "language", "role", "project"`}}; a sealed link to the first password goes to the address. `contract=ID` for the provider's people. */
        post: operations["contractUserCreate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/users/{user}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * For good, with everything that the user could log in with
         * @description For good, with everything that the user could log in with.
         */
        delete: operations["contractUserRemove"];
        options?: never;
        head?: never;
        /** @description `{"user": {"enabled": false`}}: what the user works with is void within five seconds; `true` takes it back. */
        patch: operations["contractUserUpdate"];
        trace?: never;
    };
    "/service/v1/users/{user}/holdings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the user could log in with, which ends when he leaves, and what he made, which stays
         * @description What the user could log in with, which ends when he leaves, and what he made, which stays; with his key pairs, which go.
         */
        get: operations["userHoldings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/users/{user}/password-link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A link to a new password goes to the user's registered address
         * @description A link to a new password goes to the user's registered address.
         */
        post: operations["contractUserSendPasswordLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/users/{user}/roles/{role}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Gives the role of that name on `project=ID`
         * @description Gives the role of that name on `project=ID`.
         */
        put: operations["userRoleGive"];
        post?: never;
        /**
         * Takes it away, from open sessions and programs too within five seconds
         * @description Takes it away, from open sessions and programs too within five seconds.
         */
        delete: operations["userRoleTake"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/users/{user}/second-factor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Removes all second factors of a user who has lost them
         * @description Removes all second factors of a user who has lost them.
         */
        delete: operations["lostFactorsRemove"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/vpn-sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One's own tunnels of the SSL-VPN
         * @description One's own tunnels of the SSL-VPN; `everyone=true` as for sessions, for an operator those of all contracts.
         */
        get: operations["vpnSessionList"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service/v1/vpn-sessions/{session}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * The gateway cuts the tunnel within seconds (202)
         * @description The gateway cuts the tunnel within seconds (202).
         */
        delete: operations["vpnSessionEnd"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description That something was taken, whatever becomes of it. */
        Accepted: {
            accepted: boolean;
        };
        Account: {
            domain: components["schemas"]["Named"];
            email?: string;
            /** @description Whether it is not the owner who changes the address */
            emailLocked: boolean;
            /** @description A new one whose link was not opened yet */
            emailWaiting?: string;
            /** Format: date-time */
            passwordExpiresAt?: string;
            /** Format: date-time */
            passwordSetAt?: string;
            secondFactor: components["schemas"]["SecondFactor"];
            user: components["schemas"]["Named"];
        };
        AccountCode: {
            code: string;
        };
        /** @description Why no second factor is needed where others need one. */
        AccountException: {
            reason: string;
            /** Format: date-time */
            since: string;
        };
        AccountFirstCode: {
            proof: components["schemas"]["AccountCode"];
        };
        AccountPasswordChange: {
            /** @description The one that is to be */
            fresh: string;
            present: string;
        };
        AccountPasswordSent: {
            password: components["schemas"]["AccountPasswordChange"];
        };
        AccountRemoved: {
            enrolled: boolean;
        };
        AddressSent: {
            address: components["schemas"]["AddressWish"];
            proof: components["schemas"]["Proof"];
        };
        AddressWish: {
            email: string;
        };
        AllHoldings: components["schemas"]["Holdings"] & {
            keyPairs: components["schemas"]["OwnKeyPair"][];
            servers: components["schemas"]["MadeServer"][];
        };
        /** @description An application in the Service API. Absent: not yet, or not for this reader. */
        Application: {
            addresses: string[];
            company: string;
            contract?: components["schemas"]["ApplicationContractState"];
            contractName: string;
            /** Format: date-time */
            createdAt: string;
            decidedBy?: string;
            email: string;
            id?: string;
            /** @enum {string} */
            language: "ja" | "en";
            number: string;
            person: string;
            plan: string;
            /** Format: int32 */
            planVersion?: number;
            purpose: string;
            quota?: {
                [key: string]: number;
            };
            reason?: string;
            /** @enum {string} */
            state: "submitted" | "approved" | "accepted" | "refused" | "withdrawn" | "lapsed";
            steps?: components["schemas"]["ApplicationStep"][];
            telephone: string;
            toAgree?: components["schemas"]["ApplicationTexts"];
            vpnUsers: components["schemas"]["ApplicationVpnUser"][];
        };
        /** @description How it stands with the contract. */
        ApplicationContractState: {
            name?: string;
            /** @enum {string} */
            state: "provisioning" | "active";
            trouble?: string;
            user?: string;
            /** @enum {string} */
            waitsFor?: "service" | "provider" | "hosts";
        };
        /** @description One thing that has happened: `by` is an operator, for operators. */
        ApplicationStep: {
            /** Format: date-time */
            at: string;
            by?: string;
            /** @enum {string} */
            step: "applied" | "verified" | "approved" | "refused" | "withdrawn" | "lapsed" | "consented" | "account" | "policies" | "limits" | "hosts" | "active";
        };
        /** @description What is to be agreed to; `hash` comes back with the consent. */
        ApplicationTexts: {
            hash: string;
            name: components["schemas"]["Words"];
            texts: components["schemas"]["PlanText"][];
            /** Format: int32 */
            version: number;
        };
        ApplicationVpnUser: {
            /** @description Where the sealed link to the first password goes */
            email: string;
            /** @description At the log-in; */
            name: string;
        };
        /** @description The form; `website` is a field that people do not see, so that who fills it in is a program. */
        ApplyBody: {
            addresses?: string[] | null;
            company: string;
            contractName: string;
            email: string;
            /**
             * @description `ja` or `en`
             * @enum {string}
             */
            language: "ja" | "en";
            person: string;
            plan: string;
            purpose?: string | null;
            telephone?: string | null;
            vpnUsers?: components["schemas"]["ApplyVpnUserBody"][] | null;
            website?: string | null;
        };
        /** @description By which the application is followed. */
        ApplyLink: {
            token: string;
        };
        ApplyVerification: {
            token: string;
        };
        /** @description Who gets an account for the SSL-VPN beside the master user. */
        ApplyVpnUserBody: {
            email: string;
            name: string;
        };
        /** @description One file. */
        Backup: {
            by: ("schedule" | "command" | "found") | null;
            /** Format: int64 */
            bytes: number;
            /** @description False: it is there but cannot be used */
            good: boolean;
            /** Format: date-time */
            madeAt: string;
            name: string;
            /** Format: int64 */
            rows: number | null;
            /** Format: double */
            seconds: number | null;
            /** Format: int32 */
            tables: number | null;
        };
        /** @description Why an attempt failed. */
        BackupFailure: {
            /** Format: date-time */
            at: string;
            reason: string;
        };
        /** @description What an operator sees. */
        Backups: {
            /** @description Newest first */
            backups: components["schemas"]["Backup"][];
            /** @description On the machine of identity */
            directory: string;
            /**
             * Format: int64
             * @description From one to the next
             */
            everySeconds: number;
            /** Format: int64 */
            keptSeconds: number;
            lastFailure: components["schemas"]["BackupFailure"] | null;
            /**
             * Format: date-time
             * @description When the newest good one was made; null: there is none
             */
            newestAt: string | null;
            /**
             * @description None, good, failing or overdue
             * @enum {string}
             */
            state: "none" | "good" | "failing" | "overdue";
        };
        /** @description For a project, or for a host. */
        BreakGlassCase: {
            /** Format: date-time */
            decidedAt?: string;
            decidedBy?: components["schemas"]["BreakGlassCasePerson"];
            endedBy?: components["schemas"]["BreakGlassCasePerson"];
            /** Format: date-time */
            endsAt?: string;
            host?: components["schemas"]["BreakGlassHostName"];
            /** Format: uuid */
            id: string;
            /** Format: int32 */
            minutes: number;
            project?: string;
            reason: string;
            /** Format: date-time */
            requestedAt: string;
            requestedBy: components["schemas"]["BreakGlassCasePerson"];
            /** Format: date-time */
            reviewedAt?: string;
            reviewedBy?: components["schemas"]["BreakGlassCasePerson"];
            reviewNote?: string;
            /**
             * @description Requested, lapsed, declined, running, review_due or reviewed
             * @enum {string}
             */
            state: "requested" | "lapsed" | "declined" | "running" | "review_due" | "reviewed";
            ticket: string;
        };
        /** @description Somebody with the name that he had then. */
        BreakGlassCasePerson: {
            id: string;
            name: string;
        };
        /** @description A host, with the name that it had then. */
        BreakGlassHostName: {
            /** Format: uuid */
            id: string;
            name: string;
        };
        BreakGlassListing: {
            cases: components["schemas"]["BreakGlassCase"][];
            /** @description On hosts without an access, which nobody has looked into */
            logIns: components["schemas"]["LogIn"][];
            /**
             * @description Open or required
             * @enum {string}
             */
            setting: "open" | "required";
        };
        BreakGlassReviewBody: {
            note: string;
        };
        /** @description Of project and host, one. */
        BreakGlassWish: {
            /** Format: uuid */
            host?: string | null;
            /** Format: int32 */
            minutes: number;
            project?: string | null;
            reason: string;
            ticket: string;
        };
        Certificate: {
            detail?: string;
            /** @description Why there is no new one */
            failure?: components["schemas"]["CertificateFailure"];
            fingerprint?: string;
            host?: string;
            issuer?: string;
            /** @description Where it is used: edge, cloud, identity, ledger, vpn, gateway, southbound, launcher, authority, hosts-authority or host */
            name: string;
            names?: string[];
            /**
             * Format: date-time
             * @description When a renewal that failed is tried again by itself
             */
            nextTryAt?: string;
            /** Format: date-time */
            notAfter?: string;
            /** Format: date-time */
            notBefore?: string;
            /** @description Where it comes from: the directory of the ACME server, or the file that an operator replaces */
            origin?: string;
            /**
             * @description Why it could not be looked at just now: unreachable or unreadable
             * @enum {string}
             */
            problem?: "unreachable" | "unreadable";
            /**
             * @description Who renews it: built-in (the site's own authority, by itself), acme, file, host (asks by itself) or up
             * @enum {string}
             */
            renewal: "built-in" | "acme" | "file" | "host" | "up";
            /**
             * Format: date-time
             * @description When a third of its life is left; absent where it does not renew by itself
             */
            renewsAt?: string;
            /** Format: date-time */
            seenAt?: string;
            /**
             * @description Good, expiring (30 days, or a quarter of the life), urgent (7 days, or a tenth), ended, or unseen
             * @enum {string}
             */
            state: "good" | "expiring" | "urgent" | "ended" | "unseen";
            subject?: string;
            /**
             * Format: date-time
             * @description When its renewal was last looked after: whether it is due, whether the files have changed, or the order of a new one
             */
            triedAt?: string;
        };
        CertificateFailure: {
            /** @description The sentence in English */
            detail: string;
            /** @description A word for the sentence: unreadable, no-certificate, no-key, key-locked, key-weak, key-other, ended, early, names, purpose, order, incomplete, invalid or failed */
            reason: string;
            /** @description What the sentence is about, in its order */
            values: string[];
        };
        CertificateListing: {
            certificates: components["schemas"]["Certificate"][];
        };
        /** @description What was shown and agreed to. */
        ConsentBody: {
            /** @description Of the plan's version, as it was shown */
            hash: string;
            /**
             * @description `ja` or `en`: in which they were read
             * @enum {string}
             */
            language: "ja" | "en";
            /** @description Who agrees */
            person: string;
            /** @description The ids of all texts that were shown */
            texts: string[];
        };
        /** @description Somebody's look at a server's console. */
        ConsoleVisit: {
            address: string;
            /**
             * Format: date-time
             * @description Null while it is open
             */
            closedAt: string | null;
            /** @description `left`, `ended` (it was not allowed any more) or `lost` (a process or the line broke, at most a minute before); null while it is open */
            ended: ("left" | "ended" | "lost") | null;
            /** Format: uuid */
            id: string;
            /**
             * @description `graphical` or `serial`
             * @enum {string}
             */
            kind: "graphical" | "serial";
            /** Format: date-time */
            openedAt: string;
            userId: string;
            userName: string;
        };
        ConsoleVisitVisits: {
            /**
             * Format: uuid
             * @description The `after` of the following page, or null
             */
            next: string | null;
            visits: components["schemas"]["ConsoleVisit"][];
        };
        Contract: {
            /** Format: date-time */
            activeAt?: string;
            company: string;
            consents: components["schemas"]["ContractConsent"][];
            /** Format: date-time */
            createdAt: string;
            id: string;
            /** @description At the log-in; absent until the contract has its account */
            name?: string;
            plan: string;
            planName?: components["schemas"]["Words"];
            /** Format: int32 */
            planVersion: number;
            /** @enum {string} */
            state: "provisioning" | "active";
            steps: components["schemas"]["ApplicationStep"][];
            /** @description A newer version of the plan, which waits for consent; absent: there is none */
            toAgree?: components["schemas"]["ApplicationTexts"];
            /** @enum {string} */
            waitsFor?: "service" | "provider" | "hosts";
        };
        /** @description What was agreed to. */
        ContractConsent: {
            address: string;
            agent: string;
            /** Format: date-time */
            at: string;
            /** @description The applicant's address; null: it was an account of the contract, by its name in `user` */
            email: string | null;
            /** Format: uuid */
            id: string;
            /** @enum {string} */
            language: "ja" | "en";
            person: string;
            plan: string;
            /** Format: int32 */
            planVersion: number;
            /** @description Of the plan's published version, whose texts never change */
            sha256: string;
            /** @description Their ids */
            texts: string[];
            user: string | null;
        };
        ContractUserChange: {
            user: components["schemas"]["ContractUserSwitch"];
        };
        ContractUserCreated: {
            user: components["schemas"]["Named"];
        };
        ContractUserNewUser: {
            user: components["schemas"]["ContractUserWish"];
        };
        ContractUserSwitch: {
            enabled: boolean;
        };
        ContractUserWish: {
            /** @description Where the link to the first password goes */
            email: string;
            /** @enum {string} */
            language: "ja" | "en";
            name: string;
            /** @description The user's full name */
            person?: string | null;
            /** @description On which it is given */
            project: string;
            /** @description Its name */
            role: string;
        };
        /** @description One search for a host, with its reasons, as hosts were at that time. */
        Decision: {
            /** Format: date-time */
            at: string;
            /** @description On which it was placed, else null */
            host: string | null;
            /**
             * @description `placed`, `nowhere`, or `later`: those that fit were silent
             * @enum {string}
             */
            outcome: "placed" | "nowhere" | "later";
            search: components["schemas"]["DecisionSearch"];
            /** @description Why there was none, for the provider; null when there was one */
            sentence: string | null;
            /** @description The word of the filter that left no host over; null unless the outcome is `nowhere` */
            shortage: string | null;
        };
        /** @description A host with what it had free for claims. */
        DecisionCompared: {
            /** Format: int64 */
            freeDiskGib: number;
            /** Format: int64 */
            freeMemoryMib: number;
            /** Format: int64 */
            freeVcpus: number;
            /** Format: int32 */
            guests: number;
            /** @description What spoke against it: a filter's word, `left` (the server comes from there), `silent`, or `outrun` (others claimed the room first); null for one that fits */
            lacks: string | null;
            name: string;
            zone: string;
        };
        /** @description What was needed and what was looked at. */
        DecisionSearch: {
            /** @description Those compared, best first, then those turned away; at most `MOST_HOSTS` */
            hosts: components["schemas"]["DecisionCompared"][];
            /** @description What each filter left over; none where the database gave the roomiest of those that fit */
            steps: components["schemas"]["DecisionStep"][];
            wanted: components["schemas"]["DecisionWanted"];
        };
        /** @description How many hosts a filter was given, and how many it left. */
        DecisionStep: {
            /** Format: int32 */
            after: number;
            /** Format: int32 */
            before: number;
            filter: string;
        };
        DecisionWanted: {
            /** Format: int64 */
            diskGib: number;
            /**
             * @description How it wants to stand to others of its server group: `none`, `together`, `apart`, `rather_together` or `rather_apart`
             * @enum {string}
             */
            group: "none" | "together" | "apart" | "rather_together" | "rather_apart";
            /** @description The host asked for by the provider, or null */
            host: string | null;
            /** Format: int64 */
            memoryMib: number;
            uefi: boolean;
            /** Format: int32 */
            vcpus: number;
            /** @description The availability zone asked for, or null */
            zone: string | null;
        };
        /** @description A destination and how far it has come. */
        Destination: {
            address?: string;
            authority?: string;
            clientCertificate?: string;
            /** Format: date-time */
            createdAt: string;
            createdBy: string;
            /** Format: date-time */
            deliveredAt?: string;
            /** Format: date-time */
            failingSince?: string;
            /**
             * Format: date-time
             * @description Until when a webhook is signed with its former secret as well
             */
            formerUntil?: string;
            host?: string;
            /** Format: uuid */
            id: string;
            /**
             * @description Syslog or webhook
             * @enum {string}
             */
            kind: "syslog" | "webhook";
            /**
             * Format: int64
             * @description How long the first of them has waited; 0 when none does
             */
            lagSeconds: number;
            /**
             * Format: int64
             * @description The place in the history of the last of these; absent when there is none
             */
            lastParked?: number;
            /** @description Whose history: a project's id, or provider */
            log: string;
            name: string;
            /**
             * Format: int64
             * @description The place in the history that is sent next
             */
            next: number;
            /**
             * Format: date-time
             * @description When it is tried again by itself; absent while it works or is paused
             */
            nextTryAt?: string;
            /**
             * Format: int64
             * @description How many events were too large for the receiver and were left out; they stand in the history
             */
            parked: number;
            /** Format: int32 */
            port?: number;
            /** @description Why the last try failed; absent while it works */
            problem?: components["schemas"]["DestinationProblem"];
            serverName?: string;
            /**
             * @description Active, paused, or gone when the receiver wants no more
             * @enum {string}
             */
            state: "active" | "paused" | "gone";
            /** Format: int32 */
            tries: number;
            /**
             * Format: int64
             * @description How many events were not sent when it was last looked at
             */
            waiting: number;
        };
        DestinationProblem: {
            /** @description The same in English, with what is particular to it */
            detail: string;
            /**
             * @description No-host, closed-address, unreachable, untrusted, other-name, ended, client-refused, handshake, silent, broken-off, status, too-large, gone or secret
             * @enum {string}
             */
            reason: "no-host" | "closed-address" | "unreachable" | "untrusted" | "other-name" | "ended" | "client-refused" | "handshake" | "silent" | "broken-off" | "status" | "too-large" | "gone" | "secret";
        };
        /** @description A request for a customer's data. */
        Disclosure: {
            /**
             * @description Letter, visit, mail, telephone or other
             * @enum {string}
             */
            channel: "letter" | "visit" | "mail" | "telephone" | "other";
            /** Format: date-time */
            decidedAt?: string;
            decidedBy?: components["schemas"]["HoldPerson"];
            /** Format: date-time */
            from?: string;
            /** Format: date-time */
            handedAt?: string;
            handedTo?: string;
            /** Format: uuid */
            id: string;
            legalBasis: string;
            mayTell: boolean;
            /** Format: uuid */
            packageId?: string;
            project: string;
            /**
             * @description Granted, partly or refused
             * @enum {string}
             */
            proposal?: "granted" | "partly" | "refused";
            /** Format: date-time */
            proposedAt?: string;
            proposedBy?: components["schemas"]["HoldPerson"];
            reason?: string;
            /** Format: date-time */
            receivedAt: string;
            /** Format: date-time */
            recordedAt: string;
            recordedBy: components["schemas"]["HoldPerson"];
            reference: string;
            requester: string;
            scope: string;
            /**
             * Format: date-time
             * @description The customer is not told before, as two people have decided
             */
            secretUntil?: string;
            /**
             * @description Received, proposed, granted, partly, refused, handed_over, closed or withdrawn
             * @enum {string}
             */
            state: "received" | "proposed" | "granted" | "partly" | "refused" | "handed_over" | "closed" | "withdrawn";
            theirNumber: string;
            /** Format: date-time */
            to?: string;
            /** Format: date-time */
            toldAt?: string;
        };
        DisclosureDecision: {
            agreed: boolean;
            note: string;
        };
        DisclosureHandover: {
            to: string;
        };
        DisclosureLink: {
            /** Format: uuid */
            packageId: string;
        };
        /** @description Newest first, 500 at most. */
        DisclosureListing: {
            disclosures: components["schemas"]["Disclosure"][];
        };
        DisclosureNote: {
            note: string;
        };
        DisclosureNotice: {
            email: string;
            /**
             * @description Ja or en
             * @enum {string}
             */
            language: "ja" | "en";
        };
        DisclosureOpenness: {
            mayTell: boolean;
            reason: string;
        };
        /** @description A package that was made for a request. */
        DisclosurePackageLink: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @enum {string} */
            state: "collecting" | "sealed" | "given_up" | "destroyed";
        };
        DisclosureProposal: {
            /** @enum {string} */
            answer: "granted" | "partly" | "refused";
            reason: string;
        };
        /** @description With all that was done about it, the periods for which its customer is not told, and the packages made for it; oldest first. */
        DisclosureWhole: {
            changes: components["schemas"]["RegisterEntry"][];
            disclosure: components["schemas"]["Disclosure"];
            packages: components["schemas"]["DisclosurePackageLink"][];
            secrecy: components["schemas"]["Secrecy"][];
        };
        /** @description A request as it came in. */
        DisclosureWish: {
            /** @enum {string} */
            channel: "letter" | "visit" | "mail" | "telephone" | "other";
            /** Format: date-time */
            from?: string | null;
            legalBasis: string;
            /** @description Needed when it is recorded; later it is changed by itself */
            mayTell?: boolean | null;
            project: string;
            /** @description Why it is put right; needed for that */
            reason?: string | null;
            /** Format: date-time */
            receivedAt: string;
            requester: string;
            scope: string;
            /** @description Of the requester's letter; may be left out */
            theirNumber?: string | null;
            /** Format: date-time */
            to?: string | null;
        };
        Drain: {
            /** Format: date-time */
            emptiedAt: string | null;
            /** Format: date-time */
            endedAt: string | null;
            /** Format: uuid */
            host: string;
            /**
             * Format: int64
             * @description Of all servers that went while they ran; null before the first
             */
            longestStandstillMillis: number | null;
            servers: components["schemas"]["DrainGuest"][];
            /** Format: date-time */
            startedAt: string;
            /**
             * @description `draining`, `drained` (nothing is there), or `ended` (the host may take servers again, or keeps those that it has)
             * @enum {string}
             */
            state: "draining" | "drained" | "ended";
        };
        DrainGuest: {
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            movedAt: string | null;
            name: string;
            /** @description Why it is stuck, with what can be done; else null */
            obstacle: components["schemas"]["DrainGuestObstacle"] | null;
            /**
             * Format: int32
             * @description Percent of the move under way, else null
             */
            progress: number | null;
            project: string;
            /**
             * Format: int64
             * @description How long it stood still at the end of its move; null when it did not run
             */
            standstillMillis: number | null;
            /**
             * @description `waiting`, `moving`, `moved`, `stuck` or `gone` (it left by itself)
             * @enum {string}
             */
            state: "waiting" | "moving" | "moved" | "stuck" | "gone";
            /** @description Host that it goes or went to */
            target: string | null;
            /** Format: int32 */
            tries: number;
        };
        /** @description What stands in the way. */
        DrainGuestObstacle: {
            /** @description A word for programs */
            code: string;
            /** @description What can be done about it, for people */
            next: string;
            /** @description What it is, for people */
            sentence: string;
        };
        /** @description What it gets. */
        EnrolledHost: {
            /** @description PEM, signed by `hostAuthority` (PEM) */
            certificate: string;
            hostAuthority: string;
            /** Format: uuid */
            hostId: string;
            /** @description `host:port` where nodes attach; */
            nodes: string[];
            /** @description `host:port` of OVN's southbound database */
            southbound: string;
        };
        /** @description An account that needs none, with its name and its customer's. */
        FactorException: {
            accountId: string;
            domain: string;
            reason: string;
            /** Format: date-time */
            since: string;
            user: string;
        };
        FactorExceptionExceptionSent: {
            exception: components["schemas"]["FactorExceptionReason"];
        };
        FactorExceptionReason: {
            reason: string;
        };
        FactorExceptionRule: {
            exceptions: components["schemas"]["FactorException"][];
            /** @description Who has one of these needs a second factor, unless a contract's plan says otherwise */
            roles: string[];
        };
        /** @description One noted packet. `direction` is seen from the guest; `serverId` is null where the port was no server's. */
        FirewallLogEntry: {
            destination: string;
            /** Format: int32 */
            destinationPort: number | null;
            /** @enum {string} */
            direction: "ingress" | "egress";
            /** Format: int32 */
            icmpCode: number | null;
            /** Format: int32 */
            icmpType: number | null;
            id: string;
            /** Format: uuid */
            logId: string;
            /** Format: uuid */
            portId: string;
            protocol: string;
            /** Format: uuid */
            serverId: string | null;
            source: string;
            /** Format: int32 */
            sourcePort: number | null;
            /** Format: date-time */
            time: string;
            /** @enum {string} */
            verdict: "ACCEPT" | "DROP";
        };
        /** @description A page; `next` is the `after` of the following one. */
        FirewallLogPage: {
            entries: components["schemas"]["FirewallLogEntry"][];
            next: string | null;
        };
        FirstPasswordLink: {
            token: string;
        };
        FirstPasswordLinkSent: {
            credential: components["schemas"]["FirstPasswordLink"];
        };
        FirstPasswordOpening: {
            /** @description Where its owner chooses it */
            password?: string | null;
            token: string;
        };
        FirstPasswordOpeningSent: {
            credential: components["schemas"]["FirstPasswordOpening"];
        };
        ForwardingBody: {
            /** @description Of a webhook; begins with https:// */
            address?: string | null;
            /** @description Certificates in PEM that its own must come from; absent: the public's */
            authority?: string | null;
            /** @description Of syslog: what is shown to it, PEM */
            clientCertificate?: string | null;
            /** @description Its key, PKCS #8 in PEM; it is never shown again */
            clientKey?: string | null;
            /** @description Now or beginning */
            from?: ("now" | "beginning") | null;
            /** @description Of syslog: a name or an address */
            host?: string | null;
            /**
             * @description Syslog or webhook
             * @enum {string}
             */
            kind: "syslog" | "webhook";
            name: string;
            /**
             * Format: int32
             * @description Of syslog, such as 6514
             */
            port?: number | null;
            /** @description Of syslog: what its certificate is of, when not the host */
            serverName?: string | null;
        };
        ForwardingCertificate: {
            issuer: string;
            /** Format: date-time */
            notAfter: string;
            /** Format: date-time */
            notBefore: string;
            /** @description TLSv1.3 or TLSv1.2 */
            protocol: string;
            subject: string;
        };
        ForwardingListing: {
            destinations: components["schemas"]["Destination"][];
        };
        ForwardingMade: {
            destination: components["schemas"]["Destination"];
            /** @description What a webhook is signed with; shown this once */
            secret?: string;
        };
        /** @description How a trial went. */
        ForwardingTrial: {
            /** @description What the other end shows; absent where it was not looked at */
            certificate?: components["schemas"]["ForwardingCertificate"];
            /** @description Absent when it went well */
            problem?: components["schemas"]["DestinationProblem"];
        };
        HeldRole: {
            /** @description Null: on the whole contract */
            project: components["schemas"]["Named"] | null;
            role: string;
        };
        /** @description A page of history, newest first; `next` is the `after` of the following page. */
        History: {
            events: components["schemas"]["HistoryEvent"][];
            next: string | null;
            /** @description How far the history is signed; null where nothing is yet, and in a list of several histories, whose events say it each */
            sealed: components["schemas"]["HistorySealed"] | null;
        };
        /** @description That the history of `from` events is the beginning of that of `size`, whose head it is. */
        HistoryConsistency: {
            /** Format: int64 */
            from: number;
            head: components["schemas"]["SignedHead"];
            path: string[];
            /** Format: int64 */
            size: number;
        };
        /** @description One event in words that a console shows. */
        HistoryEvent: {
            action: string;
            id: string;
            initiator: components["schemas"]["HistoryEventInitiator"];
            /** @description Whose history it is in: a project's id, or `provider` */
            log: string;
            /** @description How somebody logged in, where that is the event; commas between */
            methods: string | null;
            outcome: string;
            /**
             * Format: int64
             * @description In that history, from 0
             */
            place: number;
            /** @description The contract's identity provider at which he did, or null */
            provider: string | null;
            reason: string | null;
            /** @description When the ledger took it in */
            received: string;
            requestId: string | null;
            /** @description Whether the newest signed head vouches for it; null where a list of many histories leaves it open */
            sealed: boolean | null;
            target: components["schemas"]["HistoryEventTarget"];
            time: string;
        };
        /** @description A field of the target before and after. */
        HistoryEventChange: {
            /** @description Null where it has none now, or nobody may read it */
            after: string | null;
            /** @description Null where it had none, or nobody may read it */
            before: string | null;
            /** @description Whether the values are nowhere: not even in the ledger */
            confidential: boolean;
            field: string;
        };
        /** @description Who, from where; the type tells people, schedules (`service/compute/schedule`) and the service itself apart. */
        HistoryEventInitiator: {
            address: string | null;
            agent: string | null;
            id: string;
            name: string;
            /** @description `customer`, `provider` or `service`; null for somebody who has not shown who he is */
            party: ("customer" | "provider" | "service") | null;
            type: string;
        };
        /** @description To what. */
        HistoryEventTarget: {
            id: string;
            name: string | null;
            type: string;
        };
        /** @description The newest signed head; `round` is null until a published round holds it. */
        HistoryHead: {
            head: components["schemas"]["SignedHead"];
            round: components["schemas"]["HistoryHeldByRound"] | null;
        };
        /** @description How a published round holds a head: as its leaf `place` of `size`, behind the nonce (RFC 9162 section 2.1.3). */
        HistoryHeldByRound: {
            nonce: string;
            path: string[];
            /** Format: int32 */
            place: number;
            round: components["schemas"]["Round"];
            /** Format: int32 */
            size: number;
        };
        /** @description What leads from an event to a signed head, and from there to a published round (RFC 9162 section 2.1.3). */
        HistoryProof: {
            /** @description As the ledger signed it */
            head: components["schemas"]["SignedHead"];
            /** @description The hashes from the event's leaf up to the head's root */
            path: string[];
            /** Format: int64 */
            place: number;
            /** @description How a published round holds the head; null until one does */
            round: components["schemas"]["HistoryHeldByRound"] | null;
        };
        /** @description All events below that place are vouched for by a signed head of that time. */
        HistorySealed: {
            /** Format: int64 */
            size: number;
            time: string;
        };
        /** @description All about one event. */
        HistoryWhole: {
            /** @description Further facts */
            attachments: {
                [key: string]: string;
            };
            /** @description What was changed, field by field */
            changes: components["schemas"]["HistoryEventChange"][];
            event: components["schemas"]["HistoryEvent"];
            /** @description Null while the event is not sealed */
            proof: components["schemas"]["HistoryProof"] | null;
            /** @description The event's JSON text, byte by byte as it is hashed */
            text: string;
        };
        /** @description A hold. */
        Hold: {
            authority: string;
            /** Format: date-time */
            confirmedAt?: string;
            confirmedBy?: components["schemas"]["HoldPerson"];
            /** Format: date-time */
            endAskedAt?: string;
            endAskedBy?: components["schemas"]["HoldPerson"];
            /** Format: date-time */
            endedAt?: string;
            endedBy?: components["schemas"]["HoldPerson"];
            endReason?: string;
            /**
             * Format: date-time
             * @description Null: until it is ended
             */
            endsAt?: string;
            /** @description Whether all that the project has is held, in place of `things` */
            everything: boolean;
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            madeAt: string;
            madeBy: components["schemas"]["HoldPerson"];
            /** @description Whether the customer may know of it */
            mayTell: boolean;
            project?: string;
            reason: string;
            reference: string;
            /**
             * @description Provisional, in_force, ending, ended, over or lapsed
             * @enum {string}
             */
            state: "provisional" | "in_force" | "ending" | "ended" | "over" | "lapsed";
            things: components["schemas"]["HoldThing"][];
        };
        HoldEndBody: {
            reason: string;
        };
        /** @description What somebody can work with here. All of it is void while the account is disabled, and gone with it when it is removed; what it made (servers, networks, images) belongs to the project and stays. */
        Holdings: {
            /**
             * Format: int32
             * @description EC2-style keys
             */
            accessKeys: number;
            applicationCredentials: components["schemas"]["HoldingsCredential"][];
            groups: string[];
            /** @description Whether nobody else could manage the contract's users */
            lastMaster: boolean;
            programs: components["schemas"]["HoldingsProgram"][];
            /**
             * Format: int32
             * @description Passkeys and authenticator apps
             */
            secondFactors: number;
            /**
             * Format: int32
             * @description Open log-ins, of the console and by API
             */
            sessions: number;
            /** @description What was lent to others, or by others to this one */
            trusts: components["schemas"]["HoldingsLent"][];
            user: components["schemas"]["HoldingsWho"];
            /**
             * Format: int32
             * @description Open tunnels
             */
            vpnSessions: number;
        };
        /** @description An application credential. */
        HoldingsCredential: {
            /**
             * Format: date-time
             * @description Null: it does not end by itself
             */
            expiresAt: string | null;
            name: string;
            project: string;
        };
        /** @description A trust. */
        HoldingsLent: {
            from: string;
            project: string;
            /** @description And from whom, by name */
            to: string;
        };
        /** @description A program that was given rights (OAuth 1.0a). */
        HoldingsProgram: {
            name: string;
            project: string;
        };
        HoldingsWho: {
            description: string;
            email: string | null;
            enabled: boolean;
            id: string;
            name: string;
        };
        /** @description Newest first, 500 at most. */
        HoldListing: {
            holds: components["schemas"]["Hold"][];
        };
        /** @description Somebody with the name that he had then. */
        HoldPerson: {
            id: string;
            name: string;
        };
        /** @description Something that is held. */
        HoldThing: {
            id: string;
            /** @enum {string} */
            kind: "server" | "image" | "network" | "subnet" | "port" | "router" | "floating-ip" | "security-group" | "log" | "backups";
            name: string | null;
        };
        /** @description A thing to be held. */
        HoldWantedThing: {
            /** @description Not needed for backups, which are held all */
            id?: string | null;
            /** @enum {string} */
            kind: "server" | "image" | "network" | "subnet" | "port" | "router" | "floating-ip" | "security-group" | "log" | "backups";
            name?: string | null;
        };
        /** @description What is to be held. */
        HoldWish: {
            authority: string;
            /**
             * Format: date-time
             * @description RFC 3339; null: until it is ended
             */
            endsAt?: string | null;
            everything?: boolean | null;
            /** @description Whether the customer may know of it */
            mayTell: boolean;
            /** @description Whose things; not needed for logs of all and for backups */
            project?: string | null;
            reason: string;
            /** @description Case number, up to 64 characters */
            reference: string;
            things?: components["schemas"]["HoldWantedThing"][] | null;
        };
        /** @description A host as the service API shows it. */
        Host: {
            /**
             * Format: date-time
             * @description When the certificate ends by which the host is known, which it renews by itself; operators alone are told
             */
            certificateEndsAt: string | null;
            diskGib: components["schemas"]["HostRoom"];
            /** @description `draining` while its servers are to go to other hosts, `drained` once none is left; else null */
            drain: ("draining" | "drained") | null;
            /** @description What its node says of it: processor, acceleration, versions, `clockOffsetSeconds` */
            facts: components["schemas"]["HostFacts"];
            gateway: boolean;
            /** Format: int32 */
            guests: number;
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            joinedAt: string;
            /** Format: date-time */
            lastSeen: string;
            maintenanceReason: string | null;
            memoryMib: components["schemas"]["HostRoom"];
            name: string;
            /** @description The customer that it is dedicated to; null: everybody's */
            project: string | null;
            /**
             * @description `up`, `maintenance` or `unknown`
             * @enum {string}
             */
            state: "up" | "maintenance" | "unknown";
            /**
             * Format: double
             * @description From its enrolment to the first guest that ran on it; null until then
             */
            timeToFirstGuestSeconds: number | null;
            vcpus: components["schemas"]["HostRoom"];
            zone: string;
        };
        HostAccess: {
            /** @description Accesses that run */
            grants: components["schemas"]["BreakGlassCase"][];
            /** @description The last hundred, newest first */
            logIns: components["schemas"]["LogIn"][];
        };
        /** @description What a host's node says of its machine; a node of an earlier version says less. */
        HostFacts: {
            acceleration?: string;
            accelerationNote?: string;
            /** Format: double */
            clockOffsetSeconds?: number;
            cpuModel?: string;
            /** Format: int64 */
            diskGib?: number;
            hypervisorVersion?: string;
            kernel?: string;
            libvirtVersion?: string;
            /** Format: int64 */
            memoryMib?: number;
            nodeVersion?: string;
            uefi?: boolean;
            /** Format: int32 */
            vcpus?: number;
        };
        /** @description All hosts that the caller may see, by name. */
        HostListing: {
            hosts: components["schemas"]["Host"][];
        };
        /** @description Why the host is to take no new guests; up to 255 characters, may be empty. */
        HostMaintenanceBody: {
            /** @description Whether those that it has are to go to other hosts; absent: no */
            drain?: boolean | null;
            reason?: string | null;
        };
        /** @description The id of the project that the host is to be dedicated to. */
        HostOwnerBody: {
            project: string;
        };
        HostRoom: {
            /** Format: int64 */
            total: number;
            /** Format: int64 */
            used: number;
        };
        IdentityProvider: {
            /** @description Nobody signs in by it, since the contract's plan leaves users or their passwords to the provider of the service */
            barredByPlan: boolean;
            clientId: string;
            contract: components["schemas"]["Named"];
            enabled: boolean;
            id: string;
            issuer: string;
            logOutThere: boolean;
            mappingClaim: string | null;
            name: string;
            nameClaim: string;
            /** @description The same where `logOutThere` is wanted */
            postLogoutRedirectUri: string;
            /** @description What the issuer must know */
            redirectUri: string;
            /** @description With the names of groups */
            rules: components["schemas"]["ProviderRule"][];
            scopes: string;
            secondFactor: string[];
            /** @description Where the contract's people begin */
            signInLink: string;
            /**
             * Format: int32
             * @description How many have come by it
             */
            users: number;
        };
        /** @description The body of an enrolment; see `Enrolment.Wish`. */
        JoinBody: {
            address: string;
            name: string;
            request: string;
            token: string;
            zone?: string | null;
        };
        /** @description A new token and the command in which it is used; there is no way to see it again. */
        JoinToken: {
            authority: string;
            command: string;
            /** Format: date-time */
            expiresAt: string;
            token: string;
        };
        /** @description How often and when the auditor has read everything again, and what it found, newest first. */
        LedgerAudit: {
            /**
             * Format: int64
             * @description How many it has read
             */
            events: number;
            findings: components["schemas"]["LedgerFinding"][];
            /**
             * Format: date-time
             * @description Null: it has not come through yet
             */
            lastPass: string | null;
            /** Format: int64 */
            passes: number;
        };
        /** @description Something that is not as it was written. */
        LedgerFinding: {
            facts: {
                [key: string]: string;
            };
            /** Format: date-time */
            found: string;
            kind: string;
            /** @description Whose history: a project's id or `provider`; or `rounds` or `clock` */
            log: string;
            /** @description Id of the message that it was written with */
            message: string | null;
            /**
             * Format: int64
             * @description In the history, or number of the round; null for the clock
             */
            place: number | null;
            /** @description In English */
            sentence: string;
            /** @description In Japanese; null of what an earlier version found */
            sentenceJa: string | null;
        };
        /** @description The key that signs heads and rounds (Ed25519). */
        LedgerKey: {
            pem: string;
            /** @description Of the key's DER form, in hexadecimal, by which people compare it */
            sha256: string;
        };
        /** @description Rounds, newest first; hashes and signatures are base64. */
        LedgerRounds: {
            rounds: components["schemas"]["Round"][];
        };
        /** @description That a session has ended. */
        Left: {
            /** @description Where the browser goes to be logged out at the contract's identity provider too; null: nowhere */
            leave: string | null;
        };
        /** @description A log-in on the machine of a host. */
        LogIn: {
            /**
             * Format: uuid
             * @description The access to the host that ran then, with its ticket; absent: none did
             */
            access?: string;
            /** @description Whether one was required */
            alarm: boolean;
            /** Format: date-time */
            at: string;
            /** @description Address or name; empty: at the machine itself */
            from: string;
            /** Format: uuid */
            host: string;
            hostName: string;
            /** Format: uuid */
            id: string;
            note?: string;
            /** Format: date-time */
            signedAt?: string;
            signedBy?: components["schemas"]["BreakGlassCasePerson"];
            terminal: string;
            ticket?: string;
            user: string;
        };
        /** @description A server that the user created. */
        MadeServer: {
            /** Format: uuid */
            id: string;
            name: string;
        };
        /** @description A mail as operators see it. */
        MailOutboxEntry: {
            /** Format: date-time */
            goodUntil: string | null;
            id: string;
            /** @enum {string} */
            language: "ja" | "en";
            /** @description What the relay said, or null */
            lastError: string | null;
            /**
             * Format: date-time
             * @description Null unless it waits and a relay is configured
             */
            nextTry: string | null;
            /**
             * Format: date-time
             * @description When an operator looked at the hidden link, and who did; null: nobody has
             */
            opened: string | null;
            openedBy: string | null;
            /** Format: date-time */
            posted: string;
            recipient: string;
            /** @description Whether it holds a link that is hidden here and still good */
            secret: boolean;
            /**
             * Format: date-time
             * @description When it was sent or given up, or null
             */
            settled: string | null;
            /** @enum {string} */
            state: "waiting" | "sent" | "failed";
            subject: string;
            template: string;
            /** Format: int32 */
            tries: number;
        };
        /** @description The outbox. */
        MailOutboxListing: {
            /** @description The newest 500, newest first */
            mails: components["schemas"]["MailOutboxEntry"][];
            /** @description `name:port` of the relay; null: none is configured, and nothing leaves by itself */
            relay: string | null;
        };
        /** @description A mail with its text, its links hidden. */
        MailOutboxShown: {
            body: string;
            mail: components["schemas"]["MailOutboxEntry"];
        };
        /** @description An id with its name. */
        Named: {
            id: string;
            name: string;
        };
        NetworkMapFloatingAddressNode: {
            address: string;
            fixedAddress: string | null;
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            networkId: string;
            /** Format: uuid */
            portId: string | null;
            /** Format: uuid */
            routerId: string | null;
        };
        NetworkMapNetworkNode: {
            external: boolean;
            /** Format: uuid */
            id: string;
            name: string;
            /** @description Whether it is the project's; others are shared with it, or external */
            own: boolean;
            shared: boolean;
            status: string;
        };
        /** @description Where something is plugged in. */
        NetworkMapPortNode: {
            addresses: string[];
            /** Format: uuid */
            id: string;
            macAddress: string;
            name: string;
            /** Format: uuid */
            networkId: string;
            /**
             * Format: uuid
             * @description The router, or null
             */
            routerId: string | null;
            /**
             * Format: uuid
             * @description The server, or null
             */
            serverId: string | null;
            status: string;
        };
        NetworkMapRouterNode: {
            externalAddresses: string[];
            /**
             * Format: uuid
             * @description Where its gateway is, or null; its addresses there are `externalAddresses`
             */
            externalNetworkId: string | null;
            /** Format: uuid */
            id: string;
            name: string;
            status: string;
        };
        NetworkMapSubnetNode: {
            cidr: string;
            gateway: string | null;
            /** Format: uuid */
            id: string;
            /** Format: int32 */
            ipVersion: number;
            name: string;
            /** Format: uuid */
            networkId: string;
        };
        NewPasskey: {
            passkey: components["schemas"]["PasskeyRegistration"];
        };
        /** @description What it says, and when it is shown. */
        NoticeContent: {
            important: boolean;
            /** @enum {string} */
            kind: "maintenance" | "incident" | "information";
            /** Format: date-time */
            shownFrom: string;
            /** Format: date-time */
            shownUntil: string;
            text: components["schemas"]["NoticeText"];
            title: components["schemas"]["NoticeText"];
        };
        /** @description A contract that a notice can be for, and who would get the mail. */
        NoticeContract: {
            company: string;
            email: string;
            /** @enum {string} */
            language: "ja" | "en";
            name: string;
            plan: string;
            project: string;
        };
        NoticeContracts: {
            contracts: components["schemas"]["NoticeContract"][];
        };
        NoticeOwn: components["schemas"]["NoticeContent"] & {
            /** Format: uuid */
            id: string;
            /** @description Whether he has read it as it is now */
            read: boolean;
            reference: string;
            /** Format: int32 */
            version: number;
        };
        /** @description What is for the reader now, unread first; 200 at most. */
        NoticeOwnListing: {
            notices: components["schemas"]["NoticeOwn"][];
        };
        /** @description Newest first, 1,000 at most. */
        NoticeRegister: {
            notices: components["schemas"]["RegisteredNotice"][];
        };
        NoticeRegisterEnd: {
            reason: string;
        };
        /** @description A text in both languages. */
        NoticeText: {
            en: string;
            ja: string;
        };
        NoticeVersion: components["schemas"]["NoticeContent"] & {
            /** Format: date-time */
            at: string;
            /** @description Absent: the service itself */
            by?: string;
            everyone: boolean;
            /**
             * Format: int32
             * @description How many went out with it
             */
            mails: number;
            projects: string[];
            reason?: string;
            /** Format: int32 */
            version: number;
        };
        NoticeWhole: {
            notice: components["schemas"]["RegisteredNotice"];
            /**
             * Format: int32
             * @description How many people have read the newest version
             */
            readers: number;
            versions: components["schemas"]["NoticeVersion"][];
        };
        /** @description A notice as an operator writes it: all of it, also where it is corrected. */
        NoticeWish: {
            /** @description Whether it is for all customers; else `projects` says for which */
            everyone: boolean;
            important?: boolean | null;
            /**
             * @description Maintenance, incident or information
             * @enum {string}
             */
            kind: "maintenance" | "incident" | "information";
            /** @description Whether it also goes to the contacts of the contracts that it is for */
            mail?: boolean | null;
            projects?: string[] | null;
            /** @description Why it is corrected; needed for that */
            reason?: string | null;
            /**
             * Format: date-time
             * @description When customers see it; absent: at once
             */
            shownFrom?: string | null;
            /** Format: date-time */
            shownUntil: string;
            text: components["schemas"]["NoticeWishWords"];
            title: components["schemas"]["NoticeWishWords"];
        };
        /** @description The same in both languages. */
        NoticeWishWords: {
            en: string;
            ja: string;
        };
        /** @description What he has afterwards; `password` only where it was made here. */
        OpenedCredential: {
            contract: string;
            password: string | null;
            user: string;
        };
        OpenSession: {
            address: string;
            client: string;
            /** Format: date-time */
            created: string;
            /** @description Whether the request itself belongs to it */
            current: boolean;
            /** Format: date-time */
            ends: string;
            /**
             * @description `console` or `api`
             * @enum {string}
             */
            how: "console" | "api";
            id: string;
            lastAddress: string;
            /** Format: date-time */
            lastUsed: string;
            method: string;
            user: components["schemas"]["Named"];
        };
        OpenSessions: {
            sessions: components["schemas"]["OpenSession"][];
        };
        Overdue: {
            /** @description The longest late first, no more than 200 */
            servers: components["schemas"]["OverdueServer"][];
        };
        /** @description A server that is not yet what it should be by now. */
        OverdueServer: {
            /** @description What it is to become, such as `active` */
            goal: string;
            /** @description Null: on none yet */
            host: string | null;
            /** Format: uuid */
            id: string;
            name: string;
            project: string;
            /** @description The sentence that its owner reads too, or null */
            reason: string | null;
            /** Format: date-time */
            since: string;
        };
        /** @description A key pair by name and fingerprint; servers that were made with it keep its public half. */
        OwnKeyPair: {
            fingerprint: string;
            name: string;
        };
        /** @description A package. */
        Package: {
            actions?: string;
            /** Format: uuid */
            breakGlass?: string;
            /** Format: date-time */
            destroyedAt?: string;
            /** Format: uuid */
            disclosure?: string;
            /** Format: date-time */
            from?: string;
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            keepUntil?: string;
            /** Format: date-time */
            madeAt: string;
            madeBy: components["schemas"]["HoldPerson"];
            mayTell: boolean;
            name: string;
            /** @description Why it does not go on just now */
            obstacle?: components["schemas"]["PackageObstacle"];
            project: string;
            reason: string;
            reference: string;
            /** Format: date-time */
            sealedAt?: string;
            /** Format: uuid */
            server?: string;
            /**
             * @description Collecting, sealed, given_up or destroyed
             * @enum {string}
             */
            state: "collecting" | "sealed" | "given_up" | "destroyed";
            /** Format: date-time */
            to?: string;
            /**
             * Format: date-time
             * @description When it was told then
             */
            toldAt?: string;
            /** @description Whether the customer's history is told of it only after a time */
            toldLater: boolean;
        };
        /** @description What was done with it outside. */
        PackageHandled: {
            /**
             * @description Read, hand-over or note
             * @enum {string}
             */
            action: "read" | "hand-over" | "note";
            note: string;
            /** @description Who has it then; for hand-over */
            to?: string | null;
        };
        /** @description Newest first, 500 at most. */
        PackageListing: {
            packages: components["schemas"]["Package"][];
        };
        /** @description Why something does not come. */
        PackageObstacle: {
            /** @description What was said, in English, where the kind does not say all */
            detail?: string;
            /**
             * @description Server_gone, not_running, host_full, host_too_old, late, host, ledger, events_late, no_room or not_written
             * @enum {string}
             */
            kind: "server_gone" | "not_running" | "host_full" | "host_too_old" | "late" | "host" | "ledger" | "events_late" | "no_room" | "not_written";
        };
        /** @description A part of a package. */
        PackagePart: {
            /**
             * @description Events, configuration, disk, memory, domain, clock or seal
             * @enum {string}
             */
            kind: "events" | "configuration" | "disk" | "memory" | "domain" | "clock" | "seal";
            name: string;
            /** @description Why it is missing */
            obstacle?: components["schemas"]["PackageObstacle"];
            sha256?: string;
            /**
             * Format: int64
             * @description Bytes so far
             */
            size: number;
            /**
             * @description Wanted, done or missing
             * @enum {string}
             */
            state: "wanted" | "done" | "missing";
        };
        PackageReason: {
            reason: string;
        };
        /** @description With its parts and everybody who had it in hands, oldest first. */
        PackageWhole: {
            custody: components["schemas"]["RegisterEntry"][];
            evidence: components["schemas"]["Package"];
            parts: components["schemas"]["PackagePart"][];
        };
        /** @description What is to be secured. */
        PackageWish: {
            /** @description One or several with commas between; null: any */
            actions?: string | null;
            /**
             * Format: uuid
             * @description The request in the register that it answers
             */
            disclosure?: string | null;
            disk?: boolean | null;
            /** Format: date-time */
            from?: string | null;
            /** @description Whether the customer may know of the package */
            mayTell: boolean;
            memory?: boolean | null;
            project: string;
            reason: string;
            /** @description Case number, up to 64 characters */
            reference: string;
            /**
             * Format: uuid
             * @description Whose configuration, and with `disk` and `memory` these too; null: events alone
             */
            server?: string | null;
            /** Format: date-time */
            to?: string | null;
        };
        Passkey: {
            /** @description Whether it is kept in several devices, by a password manager or a platform's account */
            backedUp: boolean;
            /** Format: date-time */
            createdAt: string;
            id: string;
            /** Format: date-time */
            lastUsedAt?: string;
            name: string;
        };
        PasskeyAlgorithm: {
            /**
             * Format: int64
             * @description Of COSE
             */
            alg: number;
            /** @enum {string} */
            type: "public-key";
        };
        /** @description What the browser answers to a challenge. */
        PasskeyAnswer: {
            authenticatorAttachment?: string | null;
            clientExtensionResults?: {
                [key: string]: unknown;
            } | null;
            id: string;
            rawId?: string | null;
            response: components["schemas"]["PasskeyAssertion"];
            type?: string | null;
        };
        PasskeyAssertion: {
            authenticatorData: string;
            clientDataJSON: string;
            signature: string;
            userHandle?: string | null;
        };
        PasskeyAttestation: {
            attestationObject: string;
            authenticatorData?: string | null;
            clientDataJSON: string;
            publicKey?: string | null;
            /** Format: int64 */
            publicKeyAlgorithm?: number | null;
            transports?: string[] | null;
        };
        /** @description Options for `navigator.credentials.create`. */
        PasskeyBegun: {
            publicKey: components["schemas"]["PasskeyCreation"];
        };
        /** @description Options for `navigator.credentials.get`. */
        PasskeyChallenge: {
            publicKey: components["schemas"]["PasskeyRequest"];
        };
        PasskeyChallengeSent: {
            proof: components["schemas"]["PasskeyPassword"];
        };
        PasskeyCreation: {
            /** @enum {string} */
            attestation: "none";
            authenticatorSelection: components["schemas"]["PasskeySelection"];
            challenge: string;
            excludeCredentials: components["schemas"]["PasskeyDescriptor"][];
            pubKeyCredParams: components["schemas"]["PasskeyAlgorithm"][];
            rp: components["schemas"]["PasskeySite"];
            /** Format: int64 */
            timeout: number;
            user: components["schemas"]["PasskeyUser"];
        };
        PasskeyDescriptor: {
            id: string;
            transports: string[];
            /** @enum {string} */
            type: "public-key";
        };
        /** @description What it makes. */
        PasskeyMade: {
            authenticatorAttachment?: string | null;
            clientExtensionResults?: {
                [key: string]: unknown;
            } | null;
            id: string;
            rawId?: string | null;
            response: components["schemas"]["PasskeyAttestation"];
            type?: string | null;
        };
        PasskeyName: {
            name: string;
        };
        PasskeyPassword: {
            password?: string | null;
        };
        PasskeyRegistered: {
            passkey: components["schemas"]["Passkey"];
            recoveryCodes: string[];
        };
        PasskeyRegistration: {
            /** @description What the browser made */
            credential: components["schemas"]["PasskeyMade"];
            name: string;
        };
        PasskeyRename: {
            passkey: components["schemas"]["PasskeyName"];
        };
        PasskeyRequest: {
            allowCredentials: components["schemas"]["PasskeyDescriptor"][];
            challenge: string;
            rpId: string;
            /** Format: int64 */
            timeout: number;
            /** @enum {string} */
            userVerification: "required";
        };
        PasskeySelection: {
            /** @enum {string} */
            residentKey: "preferred";
            /** @enum {string} */
            userVerification: "required";
        };
        PasskeySite: {
            id: string;
            name: string;
        };
        PasskeyUser: {
            displayName: string;
            id: string;
            name: string;
        };
        /** @description A link's secret, and for a forgotten password the new one. */
        PasswordLink: {
            password?: string | null;
            token: string;
        };
        /** @description Whose password is forgotten. */
        PasswordLinkForgotten: {
            domain: string;
            user: string;
        };
        PasswordLinkOpened: {
            password: string;
        };
        PlacementSearches: {
            searches: components["schemas"]["Decision"][];
        };
        /** @description A version of a plan as the Service API shows it; words are those of the plan's document. */
        Plan: {
            /** @enum {string} */
            backup: "none" | "same-host" | "other-host" | "other-site";
            credentials: components["schemas"]["PlanCredentials"];
            enforcement: components["schemas"]["PlanKept"][];
            erasure: components["schemas"]["PlanErasure"];
            id: string;
            monitoring: components["schemas"]["PlanMonitoring"];
            name: components["schemas"]["Words"];
            newest: boolean;
            notice: components["schemas"]["PlanNotice"];
            offered: boolean;
            placement: components["schemas"]["PlanPlacement"];
            portalAccess: ("source-addresses" | "ssl-vpn")[];
            /** Format: date-time */
            publishedAt: string;
            /** @description ISO 3166-1 codes of the countries where data may be; null: anywhere */
            residency: string[] | null;
            responsibilities: components["schemas"]["PlanResponsibilities"];
            retention: components["schemas"]["PlanRetention"];
            sha256: string;
            summary: components["schemas"]["Words"];
            texts: components["schemas"]["PlanText"][];
            /** @enum {string} */
            userAdministration: "provider" | "customer";
            /** Format: int32 */
            version: number;
        };
        PlanCell: {
            /** @description Id of the party */
            party: string;
            /**
             * @description `whole`, `part` or `none`
             * @enum {string}
             */
            share: "whole" | "part" | "none";
            text: components["schemas"]["Words"];
        };
        PlanCredentials: {
            /** Format: int32 */
            differsFromLast: number;
            /**
             * Format: int32
             * @description Null: never
             */
            expiresAfterDays: number | null;
            /**
             * @description `provider-issued` or `self-service`
             * @enum {string}
             */
            issued: "provider-issued" | "self-service";
            /**
             * Format: int32
             * @description How long a reset link is good; null: there are none
             */
            resetMinutes: number | null;
            /**
             * @description Who needs one: `by-role`, `everyone` or `as-set-up`
             * @enum {string}
             */
            secondFactor: "by-role" | "everyone" | "as-set-up";
        };
        PlanErasure: {
            /** @enum {string} */
            extent: "objects" | "objects-and-hosts";
            /** Format: int32 */
            graceDays: number;
        };
        /** @description Whether the system keeps the policy by itself. */
        PlanKept: {
            /** @description The class that does; null: people do */
            by: string | null;
            enforced: boolean;
            policy: string;
        };
        PlanLayer: {
            cells: components["schemas"]["PlanCell"][];
            id: string;
            name: components["schemas"]["Words"];
        };
        PlanListing: {
            plans: components["schemas"]["Plan"][];
        };
        PlanMonitoring: {
            graphs: ("cpu" | "memory" | "disk" | "network")[];
            standardAlarms: ("cpu" | "memory" | "disk" | "network")[];
        };
        PlanNotice: {
            channels: ("mail" | "console" | "web-site" | "telephone")[];
            /** Format: int32 */
            incidentBusinessDays: number;
            /** Format: int32 */
            maintenanceDays: number;
            /** Format: int32 */
            planChangeDays: number;
        };
        PlanOffer: {
            offered: boolean;
        };
        PlanPlacement: {
            /**
             * Format: int32
             * @description Of a contract on dedicated hosts, else null
             */
            fewestHosts: number | null;
            /** @enum {string} */
            hosts: "shared" | "dedicated";
        };
        PlanResponsibilities: {
            layers: components["schemas"]["PlanLayer"][];
            parties: components["schemas"]["ResponsibilityMatrixParty"][];
        };
        PlanRetention: {
            /** Format: int32 */
            operationDays: number;
            /** Format: int32 */
            signInDays: number;
        };
        /** @description A text of the plan that a customer consents to, such as the terms or the service specification. */
        PlanText: {
            /** @description Paragraphs, an empty line between two of them */
            body: components["schemas"]["Words"];
            /** @description Lower-case letters, digits and hyphens */
            id: string;
            title: components["schemas"]["Words"];
        };
        PlanVersions: {
            versions: components["schemas"]["Plan"][];
        };
        PortalAccess: {
            contract: components["schemas"]["Named"];
            /** @description `address:port` at which VPN clients connect, or null where the site has no gateway */
            gateway: string | null;
            /**
             * @description `internet` or `ssl-vpn`
             * @enum {string}
             */
            portalAccess: "internet" | "ssl-vpn";
            /** @description The prefix of the contract's tunnels with `ssl-vpn`, else null */
            tunnels: string | null;
        };
        PortalAccessContracts: {
            contracts: components["schemas"]["PortalAccess"][];
        };
        PortalAccessWanted: {
            /** @enum {string} */
            portalAccess: "internet" | "ssl-vpn";
        };
        /** @description Problem details (RFC 9457). */
        Problem: {
            /** @description The reason, a word. */
            code: string;
            /** @description With `SecondFactorMissing`: whether the code of an authenticator app will do. */
            codes?: boolean;
            /** @description A sentence for people. */
            detail: string;
            /** @description With `PasswordExpired`: the secret for choosing another password. */
            link?: string;
            /** @description With `SecondFactorMissing`: options for showing a passkey. */
            passkey?: components["schemas"]["PasskeyRequest"];
            requestId: string | null;
            /** Format: int32 */
            status: number;
            title: string;
        };
        /** @description What is shown before a log-in changes. */
        Proof: {
            /** @description Of the authenticator app, or a recovery code; where the account has a second factor */
            code?: string | null;
            /** @description In place of the code, a browser's answer */
            passkey?: components["schemas"]["PasskeyAnswer"] | null;
            /** @description Missing where one signs in at the contract's identity provider */
            password?: string | null;
        };
        /** @description A body that has nothing beside the proof. */
        ProofBodyProved: {
            proof: components["schemas"]["Proof"];
        };
        Protection: {
            /** @description Whether deletion is refused */
            deleteProtection: boolean;
        };
        /** @description As sent. */
        ProtectionWanted: {
            deleteProtection: boolean;
        };
        ProviderChecked: {
            /** @description Null: the issuer answers as it should */
            trouble: string | null;
        };
        ProviderListing: {
            identityProviders: components["schemas"]["IdentityProvider"][];
        };
        /** @description What a value of the mapping claim gives: either a `role` or a place in a `group`, the other is null. */
        ProviderRule: {
            group: string | null;
            role: string | null;
            value: string;
        };
        /** @description Either a `role` or a place in a `group`. */
        ProviderRuleWish: {
            group?: string | null;
            role?: string | null;
            value: string;
        };
        ProviderSent: {
            identityProvider: components["schemas"]["ProviderWish"];
        };
        /** @description As the provider handed it to the browser: the state with a code or an error. */
        ProviderSignInBack: {
            code?: string | null;
            error?: string | null;
            /** @description Who the answer says it is from (`iss`, RFC 9207) */
            issuer?: string | null;
            state: string;
        };
        /** @description Where a sign-in begins. */
        ProviderSignInBegin: {
            /** @description Whether the provider shall ask again who it is, though it may know its user */
            fresh?: boolean | null;
            /** @description What the contract's sign-in link ends with */
            key: string;
        };
        /** @description The account's own second factor, where the provider's does not count. */
        ProviderSignInSecond: {
            code?: string | null;
            passkey?: components["schemas"]["PasskeyAnswer"] | null;
            state: string;
        };
        ProviderWish: {
            clientId: string;
            clientSecret?: string | null;
            /** @description Needed when it is registered, as `issuer` and `clientSecret`; contract and issuer then stay */
            contract?: string | null;
            enabled?: boolean | null;
            issuer?: string | null;
            logOutThere?: boolean | null;
            /** @description Whose values the rules are for; null: there is none */
            mappingClaim?: string | null;
            name: string;
            /** @description Whose value is a new user's name; absent: `preferred_username` */
            nameClaim?: string | null;
            rules?: components["schemas"]["ProviderRuleWish"][] | null;
            /** @description Names with spaces between, `openid` among them; absent: `openid profile` */
            scopes?: string | null;
            /** @description Values of `acr` or `amr` that count as a second factor here */
            secondFactor?: string[] | null;
        };
        RecoveryCodes: {
            recoveryCodes: string[];
        };
        RegisteredNotice: components["schemas"]["NoticeContent"] & {
            /** Format: date-time */
            endedAt?: string;
            endReason?: string;
            everyone: boolean;
            /** Format: uuid */
            id: string;
            /** @description None where it is for everyone */
            projects: string[];
            reference: string;
            /**
             * @description Waiting, shown or over
             * @enum {string}
             */
            state: "waiting" | "shown" | "over";
            /** Format: int32 */
            version: number;
        };
        /** @description A line of a history that only grows: who did what, and what was said or changed by it. */
        RegisterEntry: {
            action: string;
            /** Format: date-time */
            at: string;
            by: components["schemas"]["HoldPerson"];
            facts: {
                [key: string]: string;
            };
        };
        ResponsibilityMatrixParty: {
            /** @description Lower-case letters, digits and hyphens */
            id: string;
            name: components["schemas"]["Words"];
        };
        /** @description How one class of events is kept. */
        RetentionKept: {
            /** @enum {string} */
            class: "access" | "security" | "platform" | "operation";
            /** Format: int32 */
            days: number;
            /** @description Ids of the evidence holds on some of it */
            held: string[];
            /** Format: int32 */
            leastDays: number;
            /**
             * Format: date-time
             * @description When its oldest month goes, unless it is held
             */
            nextDrop: string | null;
            /**
             * Format: date-time
             * @description When its oldest event that is there was received; null: there is none
             */
            oldest: string | null;
        };
        /** @description How each class is kept. */
        RetentionListing: {
            classes: components["schemas"]["RetentionKept"][];
        };
        RetentionWanted: {
            /**
             * Format: int32
             * @description From now on; what is older goes within hours, unless it is held
             */
            days: number;
            reason: string;
        };
        ReviewApproval: {
            /** @description Where the contract may be used from (CIDR); null: as the applicant gave it */
            addresses?: string[] | null;
            /** @description Limits other than the service's own, such as `{"instances": 20`}; null: none */
            quota?: {
                [key: string]: number;
            } | null;
        };
        ReviewDenial: {
            reason: string;
        };
        ReviewListing: {
            applications: components["schemas"]["Application"][];
        };
        /** @description Actions as in policy.conf, `service:resource:verb`, in alphabetical order. */
        Rights: {
            actions: string[];
        };
        /** @description What is published each minute, whether anything happened or not: a root over all heads signed since the round before, filled up with random leaves and in an order by chance, so that it tells nobody how many customers there are or how much they do. */
        Round: {
            /** Format: int64 */
            number: number;
            /** @description The `hash` of the round before, `SignedHead#NONE` for the first */
            previous: string;
            root: string;
            signature: string;
            /** Format: date-time */
            time: string;
        };
        /** @description A schedule as shown. */
        Schedule: {
            /** @enum {string} */
            action: "start" | "stop" | "reboot" | "snapshot";
            /** Format: date-time */
            createdAt: string;
            /** @description Once on that day, `2026-12-28`; null where there are days */
            date: string | null;
            /** @description `monday` … `sunday`; empty where there is a date */
            days: ("monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday")[];
            enabled: boolean;
            /** Format: uuid */
            id: string;
            /**
             * Format: int32
             * @description How many of its images are kept; null where it makes none
             */
            keep: number | null;
            name: string;
            /**
             * Format: date-time
             * @description Null: it is paused, or its date is over
             */
            nextRun: string | null;
            /** @description By the clock of the zone, `19:00` */
            time: string;
            timeZone: string;
            /** Format: date-time */
            updatedAt: string;
        };
        /** @description A server's schedules, oldest first, and how many it can have. */
        ScheduleListing: {
            /** Format: int32 */
            most: number;
            schedules: components["schemas"]["Schedule"][];
        };
        /** @description A page of runs, newest first; `next` is the `after` of the following one. */
        SchedulePage: {
            next: string | null;
            runs: components["schemas"]["ScheduleRun"][];
        };
        /** @description What became of one time of a schedule. */
        ScheduleRun: {
            /** @enum {string} */
            action: "start" | "stop" | "reboot" | "snapshot";
            /** Format: date-time */
            dueAt: string;
            id: string;
            /** Format: uuid */
            imageId: string | null;
            /** Format: date-time */
            ranAt: string;
            /** @description A sentence; null when all went well */
            reason: string | null;
            requestId: string;
            /**
             * @description `running`, `done`, `unneeded`, `failed` or `missed`
             * @enum {string}
             */
            result: "running" | "done" | "unneeded" | "failed" | "missed";
            /** Format: uuid */
            scheduleId: string;
            scheduleName: string;
        };
        /** @description A schedule as its customer sends it; what is wrong with it is told in a sentence. */
        ScheduleWords: {
            /**
             * @description `start`, `stop`, `reboot` or `snapshot`
             * @enum {string}
             */
            action: "start" | "stop" | "reboot" | "snapshot";
            /** @description Once, `2026-12-28` */
            date?: string | null;
            /** @description `monday` … `sunday`, each week; or instead */
            days?: ("monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday")[] | null;
            /** @description False: paused; true when it is not sent */
            enabled?: boolean | null;
            /**
             * Format: int32
             * @description With `snapshot`: how many images to keep, 1 to 100
             */
            keep?: number | null;
            /** @description Shown in the list and in the history; at most 255 characters */
            name: string;
            /** @description `HH:MM` */
            time: string;
            /** @description Of the IANA database, `Asia/Tokyo` */
            timeZone: string;
        };
        /** @description What the holder of a link is told before it is used. */
        SealedCredential: {
            contract: string;
            /** Format: date-time */
            expiresAt: string;
            issued: boolean;
            user: string;
        };
        SecondFactor: {
            app: boolean;
            enrolled: boolean;
            exception?: components["schemas"]["AccountException"];
            passkeys: components["schemas"]["Passkey"][];
            passkeysPossible: boolean;
            /** Format: int32 */
            recoveryCodesLeft: number;
            required: boolean;
            /** Format: date-time */
            since?: string;
        };
        /** @description That a customer is not told of a request before a day. */
        Secrecy: {
            /** @description The second person; null: it is not in force */
            agreed: components["schemas"]["HoldPerson"] | null;
            /** Format: date-time */
            agreedAt: string | null;
            asked: components["schemas"]["HoldPerson"];
            /** Format: date-time */
            askedAt: string;
            /** @description Who ended it before its day, or took it back */
            ended: components["schemas"]["HoldPerson"] | null;
            /** Format: date-time */
            endedAt: string | null;
            endReason: string | null;
            /** @description The order or the law that forbids to tell */
            ground: string;
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            until: string;
        };
        /** @description A period. */
        SecrecyWish: {
            /** @description The order or the law that forbids to tell */
            ground: string;
            /**
             * Format: date-time
             * @description Within the next 180 days
             */
            until: string;
        };
        /** @description What an authenticator app needs: shown once. The picture is SVG of the URI. */
        Seed: {
            picture: string;
            secret: string;
            uri: string;
        };
        ServerOutlinesOutline: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @description As the Compute API says it, such as `ACTIVE` */
            status: string;
        };
        /** @description Who is logged in, until when. */
        Session: {
            domain: components["schemas"]["Named"];
            /** Format: date-time */
            expires: string;
            /** @description Whether he signed in at the contract's identity provider */
            federated: boolean;
            project?: components["schemas"]["Named"];
            roles: string[];
            user: components["schemas"]["Named"];
            /** @description The view as customer that this is; absent: he is here for himself */
            viewing?: components["schemas"]["SessionViewing"];
        };
        /** @description What a person types at the log-in; the project is the contract's own unless one is named. */
        SessionLogIn: {
            /** @description What the authenticator app shows, or a recovery code, where the account has a second factor */
            code?: string | null;
            domain: string;
            /** @description In place of the code, a browser's answer to the options that came with the refusal of the password alone */
            passkey?: components["schemas"]["PasskeyAnswer"] | null;
            password: string;
            project?: string | null;
            user: string;
        };
        /** @description A passkey that is made before the first session. */
        SessionNewPasskey: {
            /** @description What the browser made */
            credential: components["schemas"]["PasskeyMade"];
            domain: string;
            /** @description What its owner calls it */
            name: string;
            password: string;
            user: string;
        };
        /** @description One of these. */
        SessionProof: {
            /** @description Of the second factor */
            code?: string | null;
            /** @description A browser's answer to the options of `proofChallenge` */
            passkey?: components["schemas"]["PasskeyAnswer"] | null;
            password?: string | null;
        };
        SessionRenewal: {
            /**
             * Format: int32
             * @description For how long the user has done nothing; absent: he is at work
             */
            idleSeconds?: number | null;
        };
        /** @description One of the provider's people looks as a customer sees it, and changes nothing. */
        SessionViewing: {
            /** @description The customer's contract, by name */
            contract: string;
            /** @description As in the customer's history */
            id: string;
            /** Format: date-time */
            until: string;
        };
        /** @description What the ledger vouches for: at that time, that log had so many events with that root (a signed tree head, RFC 9162 section 4.10, with a text of our own that `openssl pkeyutl -verify` can check). */
        SignedHead: {
            log: string;
            /** @description The `hash` of the log's head before, `NONE` for the first */
            previous: string;
            root: string;
            /** @description Ed25519 (RFC 8032) of the text */
            signature: string;
            /** Format: int64 */
            size: number;
            /** Format: date-time */
            time: string;
        };
        /** @description Where a sign-in goes on. */
        SignInBegun: {
            /** @description Where the browser is to be sent */
            address: string;
            /** @description Of the identity provider */
            name: string;
        };
        SourceCredential: {
            /** Format: date-time */
            expiresAt: string | null;
            id: string;
            name: string;
            prefixes: string[];
            user: components["schemas"]["Named"];
        };
        SourceCredentials: {
            applicationCredentials: components["schemas"]["SourceCredential"][];
        };
        SourceRule: {
            /** Format: date-time */
            changedAt: string;
            changedBy: string;
            prefixes: string[];
            /** @description Null: the rule of the whole contract */
            role: string | null;
        };
        SourceRules: {
            contract: components["schemas"]["Named"];
            rules: components["schemas"]["SourceRule"][];
            /** @description From where tunnels may be opened, where the plan wants a list beside them; else null */
            tunnelsFrom: string[] | null;
            /** @description Where the request comes from, as it is seen here */
            yourAddress: string;
        };
        /** @description Wanted prefixes: of one credential, where none is no limit of its own, or of a contract's tunnels. */
        SourceWantedPrefixes: {
            prefixes: string[];
        };
        /** @description One wanted rule; prefixes in CIDR notation. */
        SourceWantedRule: {
            prefixes: string[];
            role?: string | null;
        };
        /** @description All wanted rules; what is not among them goes. */
        SourceWantedRules: {
            rules: components["schemas"]["SourceWantedRule"][];
        };
        SubscriptionBody: {
            email: string;
            /**
             * @description Ja or en
             * @enum {string}
             */
            language: "ja" | "en";
            /** @description A field that people do not see, so that who fills it in is a program */
            website?: string | null;
        };
        /** @description What stands behind the # in the link of a mail. */
        SubscriptionLink: {
            token: string;
        };
        /** @description Nodes by kind; lines follow from their ids: a subnet lies on a network, a port plugs a server or a router into one, a router has its gateway on an external one, a floating address leads to a port. */
        Topology: {
            floatingAddresses: components["schemas"]["NetworkMapFloatingAddressNode"][];
            networks: components["schemas"]["NetworkMapNetworkNode"][];
            ports: components["schemas"]["NetworkMapPortNode"][];
            projectId: string;
            routers: components["schemas"]["NetworkMapRouterNode"][];
            servers: components["schemas"]["ServerOutlinesOutline"][];
            subnets: components["schemas"]["NetworkMapSubnetNode"][];
        };
        /** @description A refusal before the request was read further, such as one without a good token. */
        Unread: {
            error: {
                /** Format: int32 */
                code: number;
                /** @description A sentence for people. */
                message: string;
                title: string;
            };
        };
        User: {
            description: string;
            email: string | null;
            enabled: boolean;
            id: string;
            /** @description Who of the provider's people has made him, while he waits for a second one */
            madeBy: string | null;
            name: string;
            /** @description Of the identity provider whose rules give him his roles, or null where they are given by hand */
            provider: string | null;
            roles: components["schemas"]["HeldRole"][];
            secondFactor: boolean;
        };
        Users: {
            /** @description Whether the caller may look after these users, as far as the plan goes */
            administered: boolean;
            contract: components["schemas"]["Named"];
            /** @description Whether the provider makes passwords */
            passwordsIssued: boolean;
            projects: components["schemas"]["Named"][];
            users: components["schemas"]["User"][];
        };
        /** @description What to look at, and why. */
        ViewingWish: {
            /** @description In place of it, the contract's name: the project that it began with */
            contract?: string | null;
            /**
             * Format: int32
             * @description 5 to 30; absent: 30
             */
            minutes?: number | null;
            /** @description Its id, or absent */
            project?: string | null;
            /** @description Stands in the customer's history */
            reason: string;
        };
        VpnSession: {
            address: string;
            client: string;
            contract: components["schemas"]["Named"];
            id: string;
            innerAddress: string;
            /**
             * Format: int64
             * @description By the user, since the tunnel was last connected
             */
            receivedBytes: number;
            /**
             * Format: date-time
             * @description When the gateway last saw it, or null
             */
            seen: string | null;
            /** Format: int64 */
            sentBytes: number;
            /** Format: date-time */
            since: string;
            /**
             * @description `opening` until the gateway has seen it, `open`, `ending`
             * @enum {string}
             */
            state: "opening" | "open" | "ending";
            user: components["schemas"]["Named"];
        };
        VpnSessionListing: {
            vpnSessions: components["schemas"]["VpnSession"][];
        };
        /** @description One text in both languages of the service; neither is empty. */
        Words: {
            en: string;
            ja: string;
        };
    };
    responses: {
        /** @description Not possible just now; nothing was changed. Try again, and give the request id to the desk if it stays. */
        Failed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Unread"];
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Refused, and nothing was changed: `detail` says why and what to do next, `code` is a word for programs. 400 what was sent is wrong; 401 no good log-in; 403 the right is missing; 404 it is not there, or not for the caller to see; 409 it is not possible as things are; 410 it was there; 413 too large; 429 too often. */
        Refused: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Unread"];
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    accountShow: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
        };
    };
    addressAsk: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddressSent"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
                };
            };
        };
    };
    passkeyRegister: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewPasskey"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasskeyRegistered"];
                };
            };
        };
    };
    passkeyBegin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProofBodyProved"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasskeyBegun"];
                };
            };
        };
    };
    passkeyRename: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasskeyRename"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    passkeyRemove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProofBodyProved"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    passkeyRequest: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasskeyChallengeSent"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasskeyChallenge"];
                };
            };
        };
    };
    accountChangePassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccountPasswordSent"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    accountState: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SecondFactor"];
                };
            };
        };
    };
    accountConfirm: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccountFirstCode"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecoveryCodes"];
                };
            };
        };
    };
    accountBegin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProofBodyProved"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Seed"];
                };
            };
        };
    };
    accountRenewCodes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProofBodyProved"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecoveryCodes"];
                };
            };
        };
    };
    accountRemove: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProofBodyProved"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountRemoved"];
                };
            };
        };
    };
    addressConfirm: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordLink"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    applyFollow: {
        parameters: {
            query?: never;
            header?: {
                "X-Unkai-Application"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Application"];
                };
            };
        };
    };
    sourceCredentials: {
        parameters: {
            query?: {
                contract?: string;
                everyone?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SourceCredentials"];
                };
            };
        };
    };
    sourceLimit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                credential: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SourceWantedPrefixes"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SourceCredential"];
                };
            };
        };
    };
    applyVerify: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApplyVerification"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApplyLink"];
                };
            };
        };
    };
    applyAgree: {
        parameters: {
            query?: never;
            header?: {
                "X-Unkai-Application"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConsentBody"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Application"];
                };
            };
        };
    };
    applyWithdraw: {
        parameters: {
            query?: never;
            header?: {
                "X-Unkai-Application"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Application"];
                };
            };
        };
    };
    reviewList: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReviewListing"];
                };
            };
        };
    };
    applyApply: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApplyBody"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    reviewShow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                application: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Application"];
                };
            };
        };
    };
    reviewApprove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                application: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReviewApproval"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Application"];
                };
            };
        };
    };
    reviewRefuse: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                application: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReviewDenial"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Application"];
                };
            };
        };
    };
    joinAuthority: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-pem-file": unknown;
                };
            };
        };
    };
    backupList: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Backups"];
                };
            };
        };
    };
    breakGlassList: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BreakGlassListing"];
                };
            };
        };
    };
    breakGlassRequest: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BreakGlassWish"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BreakGlassCase"];
                };
            };
        };
    };
    breakGlassApprove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BreakGlassCase"];
                };
            };
        };
    };
    breakGlassDecline: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BreakGlassCase"];
                };
            };
        };
    };
    breakGlassEnd: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BreakGlassCase"];
                };
            };
        };
    };
    breakGlassReview: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BreakGlassReviewBody"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BreakGlassCase"];
                };
            };
        };
    };
    breakGlassSignLogIn: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BreakGlassReviewBody"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogIn"];
                };
            };
        };
    };
    certificateList: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CertificateListing"];
                };
            };
        };
    };
    certificateRetry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    changeFollow: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": unknown;
                };
            };
        };
    };
    contractShow: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contract"];
                };
            };
        };
    };
    contractAgree: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConsentBody"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Contract"];
                };
            };
        };
    };
    disclosureList: {
        parameters: {
            query?: {
                from?: string;
                project?: string;
                state?: string;
                to?: string;
                words?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DisclosureListing"];
                };
            };
        };
    };
    disclosureRecord: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DisclosureWish"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Disclosure"];
                };
            };
        };
    };
    disclosureShow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DisclosureWhole"];
                };
            };
        };
    };
    disclosureCorrect: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DisclosureWish"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Disclosure"];
                };
            };
        };
    };
    disclosureClose: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DisclosureNote"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Disclosure"];
                };
            };
        };
    };
    disclosureDecide: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DisclosureDecision"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Disclosure"];
                };
            };
        };
    };
    disclosureHandOver: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DisclosureHandover"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Disclosure"];
                };
            };
        };
    };
    disclosureNote: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DisclosureNote"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Disclosure"];
                };
            };
        };
    };
    disclosureTell: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DisclosureNotice"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Disclosure"];
                };
            };
        };
    };
    disclosureMayTell: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DisclosureOpenness"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Disclosure"];
                };
            };
        };
    };
    disclosureLink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DisclosureLink"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Disclosure"];
                };
            };
        };
    };
    disclosurePropose: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DisclosureProposal"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Disclosure"];
                };
            };
        };
    };
    secrecyAsk: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SecrecyWish"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Disclosure"];
                };
            };
        };
    };
    secrecyEnd: {
        parameters: {
            query?: {
                reason?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Disclosure"];
                };
            };
        };
    };
    secrecyAgree: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Disclosure"];
                };
            };
        };
    };
    disclosureWithdraw: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DisclosureNote"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Disclosure"];
                };
            };
        };
    };
    disclosureExport: {
        parameters: {
            query?: {
                from?: string;
                project?: string;
                state?: string;
                to?: string;
                words?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": unknown;
                };
            };
        };
    };
    holdList: {
        parameters: {
            query?: {
                inForce?: boolean;
                project?: string;
                /** @description Only those that hold the thing of this id, which is `project`'s */
                thing?: string;
                /** @description In case number, reason, authority, project or things */
                words?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HoldListing"];
                };
            };
        };
    };
    holdMake: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HoldWish"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Hold"];
                };
            };
        };
    };
    holdShow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Hold"];
                };
            };
        };
    };
    holdConfirm: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Hold"];
                };
            };
        };
    };
    holdEnd: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HoldEndBody"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Hold"];
                };
            };
        };
    };
    holdKeep: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Hold"];
                };
            };
        };
    };
    holdOpen: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Hold"];
                };
            };
        };
    };
    packageList: {
        parameters: {
            query?: {
                project?: string;
                words?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PackageListing"];
                };
            };
        };
    };
    packageMake: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PackageWish"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Package"];
                };
            };
        };
    };
    packageShow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PackageWhole"];
                };
            };
        };
    };
    packageHandled: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PackageHandled"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Package"];
                };
            };
        };
    };
    packageDownload: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-tar": unknown;
                };
            };
        };
    };
    packageDestroy: {
        parameters: {
            query?: {
                reason?: string;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Package"];
                };
            };
        };
    };
    packageGiveUp: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PackageReason"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Package"];
                };
            };
        };
    };
    firewallLogList: {
        parameters: {
            query?: {
                after?: number;
                direction?: "ingress" | "egress";
                from?: string;
                limit?: number;
                port?: string;
                server?: string;
                to?: string;
                verdict?: "ACCEPT" | "DROP";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FirewallLogPage"];
                };
            };
        };
    };
    firewallLogExport: {
        parameters: {
            query?: {
                direction?: "ingress" | "egress";
                format?: string;
                from?: string;
                port?: string;
                server?: string;
                to?: string;
                verdict?: "ACCEPT" | "DROP";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                    "text/csv": unknown;
                };
            };
        };
    };
    firstPasswordOpen: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FirstPasswordOpeningSent"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenedCredential"];
                };
            };
        };
    };
    firstPasswordLook: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FirstPasswordLinkSent"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SealedCredential"];
                };
            };
        };
    };
    forwardingCheck: {
        parameters: {
            query?: {
                /** @description The one that would be changed, whose key is used where none is given */
                destination?: string;
                project?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ForwardingBody"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ForwardingTrial"];
                };
            };
        };
    };
    forwardingList: {
        parameters: {
            query?: {
                project?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ForwardingListing"];
                };
            };
        };
    };
    forwardingCreate: {
        parameters: {
            query?: {
                project?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ForwardingBody"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ForwardingMade"];
                };
            };
        };
    };
    forwardingShow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Destination"];
                };
            };
        };
    };
    forwardingChange: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ForwardingBody"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Destination"];
                };
            };
        };
    };
    forwardingDelete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    forwardingTryNow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Destination"];
                };
            };
        };
    };
    forwardingPause: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Destination"];
                };
            };
        };
    };
    forwardingResume: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Destination"];
                };
            };
        };
    };
    forwardingRotate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ForwardingMade"];
                };
            };
        };
    };
    forwardingTest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ForwardingTrial"];
                };
            };
        };
    };
    historyList: {
        parameters: {
            query?: {
                /** @description One action, or several with commas between */
                action?: string;
                /** @description Id or name of who did it */
                actor?: string;
                after?: number;
                /** @description The history of all customers and of the provider, for its own people */
                everyone?: boolean;
                limit?: number;
                outcome?: "success" | "failure" | "pending" | "unknown";
                project?: string;
                /** @description Received by the ledger then or later (RFC 3339) */
                since?: string;
                /** @description Address from which it was done, or the process that saw it */
                source?: string;
                /** @description Id of the thing that it was done to */
                target?: string;
                /** @description Words that are all in the event, or that words in it begin with */
                text?: string;
                /** @description Received before */
                until?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["History"];
                };
            };
        };
    };
    historyShow: {
        parameters: {
            query?: {
                project?: string;
            };
            header?: never;
            path: {
                place: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HistoryWhole"];
                };
            };
        };
    };
    historyConsistency: {
        parameters: {
            query: {
                /** @description The size of a head that the caller has kept from before */
                from: number;
                project?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HistoryConsistency"];
                };
            };
        };
    };
    exportExport: {
        parameters: {
            query?: {
                /** @description One action, or several with commas between */
                action?: string;
                /** @description Id or name of who did it */
                actor?: string;
                /** @description `jsonl`, which `unkai verify` checks, `csv`, or `pdf`, whose words are in the `language` ja or en */
                format?: string;
                language?: string;
                outcome?: "success" | "failure" | "pending" | "unknown";
                project?: string;
                /** @description Received by the ledger then or later (RFC 3339) */
                since?: string;
                /** @description Address from which it was done, or the process that saw it */
                source?: string;
                /** @description Id of the thing that it was done to */
                target?: string;
                /** @description Words that are all in the event, or that words in it begin with */
                text?: string;
                /** @description Received before */
                until?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/jsonl": unknown;
                    "application/pdf": unknown;
                    "text/csv": unknown;
                };
            };
        };
    };
    historyHead: {
        parameters: {
            query?: {
                project?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HistoryHead"];
                };
            };
        };
    };
    historyProof: {
        parameters: {
            query?: {
                project?: string;
            };
            header?: never;
            path: {
                place: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HistoryProof"];
                };
            };
        };
    };
    retentionAll: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetentionListing"];
                };
            };
        };
    };
    retentionKeep: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                about: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RetentionWanted"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetentionListing"];
                };
            };
        };
    };
    joinEnrol: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JoinBody"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnrolledHost"];
                };
            };
        };
    };
    joinToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JoinToken"];
                };
            };
        };
    };
    hostList: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HostListing"];
                };
            };
        };
    };
    hostShow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Host"];
                };
            };
        };
    };
    hostRemove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    hostAccessShow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HostAccess"];
                };
            };
        };
    };
    drainShow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Drain"];
                };
            };
        };
    };
    hostBeginMaintenance: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HostMaintenanceBody"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Host"];
                };
            };
        };
    };
    hostEndMaintenance: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Host"];
                };
            };
        };
    };
    hostDedicate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["HostOwnerBody"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Host"];
                };
            };
        };
    };
    hostUndedicate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Host"];
                };
            };
        };
    };
    identityMailList: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailOutboxListing"];
                };
            };
        };
    };
    identityMailShow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                mail: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailOutboxShown"];
                };
            };
        };
    };
    identityMailOpen: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                mail: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailOutboxShown"];
                };
            };
        };
    };
    identityMailRetry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                mail: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    providerList: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProviderListing"];
                };
            };
        };
    };
    providerCreate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProviderSent"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdentityProvider"];
                };
            };
        };
    };
    providerShow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                provider: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdentityProvider"];
                };
            };
        };
    };
    providerUpdate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                provider: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProviderSent"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IdentityProvider"];
                };
            };
        };
    };
    providerDelete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                provider: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    providerCheck: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                provider: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProviderChecked"];
                };
            };
        };
    };
    ledgerAudit: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LedgerAudit"];
                };
            };
        };
    };
    ledgerKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LedgerKey"];
                };
            };
        };
    };
    ledgerRounds: {
        parameters: {
            query?: {
                /** @description Only rounds of a lower number */
                before?: number;
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LedgerRounds"];
                };
            };
        };
    };
    subscriptionEnd: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SubscriptionLink"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    subscriptionVerify: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SubscriptionLink"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    subscriptionSubscribe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SubscriptionBody"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    mailList: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailOutboxListing"];
                };
            };
        };
    };
    mailShow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                mail: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailOutboxShown"];
                };
            };
        };
    };
    mailOpen: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                mail: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailOutboxShown"];
                };
            };
        };
    };
    mailRetry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                mail: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    manualShow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                language: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": unknown;
                };
            };
        };
    };
    noticeRegisterList: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoticeRegister"];
                };
            };
        };
    };
    noticeRegisterPublish: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NoticeWish"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoticeWhole"];
                };
            };
        };
    };
    noticeRegisterShow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoticeWhole"];
                };
            };
        };
    };
    noticeRegisterCorrect: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NoticeWish"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoticeWhole"];
                };
            };
        };
    };
    noticeRegisterEnd: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NoticeRegisterEnd"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoticeWhole"];
                };
            };
        };
    };
    noticeRegisterContracts: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoticeContracts"];
                };
            };
        };
    };
    noticeList: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NoticeOwnListing"];
                };
            };
        };
    };
    noticeRead: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    noticeReadAll: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    descriptionShow: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    overdueList: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Overdue"];
                };
            };
        };
    };
    passwordLinkIssue: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
                };
            };
        };
    };
    passwordLinkOpen: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordLink"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasswordLinkOpened"];
                };
            };
        };
    };
    passwordLinkAsk: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordLinkForgotten"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
                };
            };
        };
    };
    passwordLinkReset: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordLink"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    planList: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlanListing"];
                };
            };
        };
    };
    planPublish: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    [key: string]: unknown;
                };
                "application/yaml": string;
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Plan"];
                };
            };
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Plan"];
                };
            };
        };
    };
    planVersions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlanVersions"];
                };
            };
        };
    };
    planShow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
                version: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Plan"];
                };
            };
        };
    };
    planOffer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlanOffer"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Plan"];
                };
            };
        };
    };
    portalAccessShow: {
        parameters: {
            query?: {
                contract?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PortalAccess"];
                };
            };
        };
    };
    portalAccessChange: {
        parameters: {
            query?: {
                contract?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PortalAccessWanted"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PortalAccess"];
                };
            };
        };
    };
    portalAccessAll: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PortalAccessContracts"];
                };
            };
        };
    };
    rightList: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Rights"];
                };
            };
        };
    };
    factorExceptionList: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FactorExceptionRule"];
                };
            };
        };
    };
    factorExceptionMake: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FactorExceptionExceptionSent"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    factorExceptionEnd: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    consoleVisitList: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
            };
            header?: never;
            path: {
                server: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsoleVisitVisits"];
                };
            };
        };
    };
    placementList: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                server: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PlacementSearches"];
                };
            };
        };
    };
    protectionShow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                server: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Protection"];
                };
            };
        };
    };
    protectionChange: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                server: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ProtectionWanted"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Protection"];
                };
            };
        };
    };
    scheduleRuns: {
        parameters: {
            query?: {
                after?: number;
                limit?: number;
                schedule?: string;
            };
            header?: never;
            path: {
                server: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SchedulePage"];
                };
            };
        };
    };
    scheduleList: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                server: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScheduleListing"];
                };
            };
        };
    };
    scheduleCreate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                server: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ScheduleWords"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Schedule"];
                };
            };
        };
    };
    scheduleShow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                schedule: string;
                server: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Schedule"];
                };
            };
        };
    };
    scheduleChange: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                schedule: string;
                server: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ScheduleWords"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Schedule"];
                };
            };
        };
    };
    scheduleDelete: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                schedule: string;
                server: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    sessionRead: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
        };
    };
    sessionLogIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SessionLogIn"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
        };
    };
    sessionLogOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Left"];
                };
            };
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    sessionRegisterPasskey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SessionNewPasskey"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasskeyRegistered"];
                };
            };
        };
    };
    sessionBeginPasskey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SessionLogIn"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasskeyBegun"];
                };
            };
        };
    };
    sessionProve: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SessionProof"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
        };
    };
    sessionProofChallenge: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PasskeyChallenge"];
                };
            };
        };
    };
    providerSignInFinish: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProviderSignInBack"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
        };
    };
    providerSignInBegin: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProviderSignInBegin"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInBegun"];
                };
            };
        };
    };
    providerSignInSecond: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ProviderSignInSecond"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
        };
    };
    sessionRenew: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SessionRenewal"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
        };
    };
    sessionConfirmSecondFactor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SessionLogIn"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecoveryCodes"];
                };
            };
        };
    };
    sessionBeginSecondFactor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SessionLogIn"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Seed"];
                };
            };
        };
    };
    viewingOpen: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ViewingWish"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
        };
    };
    viewingEnd: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    sessionList: {
        parameters: {
            query?: {
                contract?: string;
                /** @description Those of all users of the contract, for who manages it; else one's own */
                everyone?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenSessions"];
                };
            };
        };
    };
    sessionEndOthers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    sessionEnd: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                session: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    sourceShow: {
        parameters: {
            query?: {
                contract?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SourceRules"];
                };
            };
        };
    };
    sourceChange: {
        parameters: {
            query?: {
                contract?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SourceWantedRules"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SourceRules"];
                };
            };
        };
    };
    sourceChangeTunnels: {
        parameters: {
            query?: {
                contract?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SourceWantedPrefixes"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SourceRules"];
                };
            };
        };
    };
    topologyShow: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Topology"];
                };
            };
        };
    };
    userRoleList: {
        parameters: {
            query?: {
                /** @description The domain's id, for the provider's people; else one's own */
                contract?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Users"];
                };
            };
        };
    };
    contractUserCreate: {
        parameters: {
            query?: {
                /** @description The domain's id, for the provider's people; else one's own */
                contract?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ContractUserNewUser"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ContractUserCreated"];
                };
            };
        };
    };
    contractUserRemove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    contractUserUpdate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ContractUserChange"];
            };
        };
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    userHoldings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AllHoldings"];
                };
            };
        };
    };
    contractUserSendPasswordLink: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
                };
            };
        };
    };
    userRoleGive: {
        parameters: {
            query?: {
                project?: string;
            };
            header?: never;
            path: {
                /** @description Its name */
                role: string;
                user: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    userRoleTake: {
        parameters: {
            query?: {
                project?: string;
            };
            header?: never;
            path: {
                role: string;
                user: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    lostFactorsRemove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    vpnSessionList: {
        parameters: {
            query?: {
                contract?: string;
                everyone?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VpnSessionListing"];
                };
            };
        };
    };
    vpnSessionEnd: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                session: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            "4XX": components["responses"]["Refused"];
            "5XX": components["responses"]["Failed"];
            /** @description Done. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
