package dev.unkai.cloud.notice.api;

import dev.unkai.base.access.Allow;
import dev.unkai.cloud.notice.Notices;
import dev.unkai.cloud.notice.api.NoticeView.OwnListing;
import dev.unkai.web.ServiceApi;
import dev.unkai.wire.token.Caller;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The notices that are for whoever asks. */
@RestController
@ServiceApi
@RequestMapping("/service/v1/notices")
class NoticeController {
    private final Notices notices;

    NoticeController(Notices notices) {
        this.notices = notices;
    }

    /** What is for whoever asks now. */
    @Allow("notice:own")
    @GetMapping
    OwnListing list(Caller caller) {
        return OwnListing.of(notices.own(caller));
    }

    /** All that are shown now are read. */
    @Allow("notice:own")
    @PostMapping("/reading")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void readAll(Caller caller) {
        notices.readAll(caller);
    }

    /** It is read, until it is corrected. */
    @Allow("notice:own")
    @PostMapping("/{id}/reading")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void read(Caller caller, @PathVariable UUID id) {
        notices.read(caller, id);
    }
}
