package dev.unkai.cloud.notice.api;

import dev.unkai.base.access.Allow;
import dev.unkai.base.openapi.Needed;
import dev.unkai.cloud.notice.Notices;
import dev.unkai.cloud.notice.api.NoticeView.ContractView;
import dev.unkai.cloud.notice.api.NoticeView.Contracts;
import dev.unkai.cloud.notice.api.NoticeView.Register;
import dev.unkai.cloud.notice.api.NoticeView.RegisterView;
import dev.unkai.cloud.notice.api.NoticeView.WholeView;
import dev.unkai.web.ServiceApi;
import dev.unkai.wire.token.Caller;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The provider's register of notices: all that were ever published, with all versions. */
@RestController
@ServiceApi
@RequestMapping("/service/v1/notice-register")
class NoticeRegisterController {
    private static final int REASON = 1_000;

    private final Notices notices;
    private final Clock clock;

    NoticeRegisterController(Notices notices, Clock clock) {
        this.notices = notices;
        this.clock = clock;
    }

    /** All notices, newest first. */
    @Allow("notice:list")
    @GetMapping
    Register list(Caller caller) {
        return new Register(notices.list(caller).stream().map(RegisterView::of).toList());
    }

    /** Whom a notice can be for, by company. */
    @Allow("notice:list")
    @GetMapping("/contracts")
    Contracts contracts(Caller caller) {
        return new Contracts(
                notices.contracts(caller).stream().map(ContractView::of).toList());
    }

    /** One notice with all its versions. */
    @Allow("notice:show")
    @GetMapping("/{id}")
    WholeView show(Caller caller, @PathVariable UUID id) {
        return WholeView.of(notices.show(caller, id));
    }

    /** Publishes a notice. */
    @Allow("notice:publish")
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    WholeView publish(Caller caller, @RequestBody NoticeWish body) {
        return WholeView.of(notices.publish(caller, body.content(clock.instant()), body.byMail()));
    }

    /** A new version in place of what it says. */
    @Allow("notice:publish")
    @PutMapping("/{id}")
    WholeView correct(Caller caller, @PathVariable UUID id, @RequestBody NoticeWish body) {
        String reason = body.neededReason();
        return WholeView.of(notices.correct(caller, id, body.content(clock.instant()), body.byMail(), reason));
    }

    record End(@Needed @Nullable String reason) {}

    /** Nobody sees it any more. */
    @Allow("notice:publish")
    @PutMapping("/{id}/end")
    WholeView end(Caller caller, @PathVariable UUID id, @RequestBody End body) {
        return WholeView.of(notices.end(caller, id, NoticeWish.line("reason", body.reason(), REASON)));
    }
}
