package dev.unkai.identity.token;

import dev.unkai.base.data.Db;
import dev.unkai.identity.account.Account;
import dev.unkai.identity.account.AccountStore;
import dev.unkai.identity.api.Times;
import dev.unkai.identity.catalog.Catalog;
import dev.unkai.identity.credential.CredentialStore;
import dev.unkai.identity.role.HeldRole;
import dev.unkai.identity.token.TokenView.CredentialView;
import dev.unkai.identity.token.TokenView.NamedView;
import dev.unkai.identity.token.TokenView.ProgramView;
import dev.unkai.identity.token.TokenView.ProjectView;
import dev.unkai.identity.token.TokenView.SystemView;
import dev.unkai.identity.token.TokenView.TrustView;
import dev.unkai.identity.token.TokenView.UserView;
import dev.unkai.wire.token.TokenClaims;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Fills a token's view with what the token itself does not carry: role ids, password expiry, catalog. */
@Component
public final class TokenViews {
    private final AccountStore accounts;
    private final CredentialStore credentials;
    private final Catalog catalog;

    public TokenViews(AccountStore accounts, CredentialStore credentials, Catalog catalog) {
        this.accounts = accounts;
        this.credentials = credentials;
        this.catalog = catalog;
    }

    public TokenView view(Db db, TokenClaims claims, boolean withCatalog) {
        boolean scoped = claims.projectId() != null || claims.scopeDomainId() != null || claims.systemScope();
        return new TokenView(
                claims.methods(),
                user(db, claims),
                claims.auditIds(),
                Times.ofToken(claims.expiresAt()),
                Times.ofToken(claims.issuedAt()),
                project(claims),
                claims.scopeDomainId() == null || claims.scopeDomainName() == null
                        ? null
                        : new NamedView(claims.scopeDomainId(), claims.scopeDomainName()),
                claims.systemScope() ? new SystemView(true) : null,
                claims.projectId() == null || claims.trust() != null ? null : Boolean.FALSE,
                scoped ? roles(db, claims.roles()) : null,
                credential(db, claims),
                TrustView.of(claims.trust()),
                program(db, claims),
                scoped && withCatalog ? catalog.of(db, claims) : null);
    }

    private UserView user(Db db, TokenClaims claims) {
        return new UserView(
                new NamedView(claims.userDomainId(), claims.userDomainName()),
                claims.userId(),
                claims.userName(),
                accounts.byId(db, claims.userId())
                        .map(Account::passwordExpiresAt)
                        .map(Times::ofResource)
                        .orElse(null));
    }

    private static @Nullable ProjectView project(TokenClaims claims) {
        if (claims.projectId() == null
                || claims.projectName() == null
                || claims.projectDomainId() == null
                || claims.projectDomainName() == null) {
            return null;
        }
        return new ProjectView(
                new NamedView(claims.projectDomainId(), claims.projectDomainName()),
                claims.projectId(),
                claims.projectName());
    }

    private static List<HeldRole> roles(Db db, List<String> names) {
        return db.sql("select id, name from role where name = any (?) and domain_id is null order by name")
                .param(names.toArray(String[]::new))
                .query((row, n) -> new HeldRole(row.getString("id"), row.getString("name")))
                .list();
    }

    private static @Nullable ProgramView program(Db db, TokenClaims claims) {
        if (!claims.isOfProgram()) {
            return null;
        }
        String id = claims.auditIds().getLast();
        return db.sql("select consumer_id from oauth_access_token where id = ?")
                .param(id)
                .query(String.class)
                .optional()
                .map(consumer -> new ProgramView(id, consumer))
                .orElse(null);
    }

    private @Nullable CredentialView credential(Db db, TokenClaims claims) {
        if (claims.applicationCredentialId() == null) {
            return null;
        }
        return credentials
                .byId(db, claims.applicationCredentialId())
                .map(credential -> new CredentialView(
                        credential.id(),
                        credential.name(),
                        !credential.unrestricted(),
                        credential.accessRules().isEmpty() ? null : credential.accessRules()))
                .orElse(null);
    }
}
