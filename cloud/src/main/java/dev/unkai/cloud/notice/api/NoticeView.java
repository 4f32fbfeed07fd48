package dev.unkai.cloud.notice.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.unkai.base.openapi.OneOf;
import dev.unkai.base.openapi.Shape;
import dev.unkai.cloud.contract.ContractMail.Addressee;
import dev.unkai.cloud.notice.Notice;
import dev.unkai.cloud.notice.Notice.Content;
import dev.unkai.cloud.notice.Notice.Kind;
import dev.unkai.cloud.notice.Notice.Own;
import dev.unkai.cloud.notice.Notice.State;
import dev.unkai.cloud.notice.Notice.Version;
import dev.unkai.cloud.notice.Notice.Whole;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Notices as the service API shows them. */
final class NoticeView {
    private NoticeView() {}

    /** A text in both languages. */
    record Text(String ja, String en) {}

    /** What it says, and when it is shown. */
    record ContentView(
            @OneOf(of = Kind.class) String kind,
            boolean important,
            Text title,
            Text text,
            Instant shownFrom,
            Instant shownUntil) {
        static ContentView of(Content content) {
            return new ContentView(
                    content.kind().wireName(),
                    content.important(),
                    new Text(content.titleJa(), content.titleEn()),
                    new Text(content.textJa(), content.textEn()),
                    content.shownFrom(),
                    content.shownUntil());
        }
    }

    /**
     * As its reader sees it.
     *
     * @param read whether he has read it as it is now
     */
    record OwnView(
            UUID id,
            String reference,
            int version,
            @JsonUnwrapped ContentView content,
            boolean read) {
        static OwnView of(Own own) {
            return new OwnView(
                    own.notice().id(),
                    own.notice().reference(),
                    own.notice().version(),
                    ContentView.of(own.notice().content()),
                    own.read());
        }
    }

    /** What is for the reader now, unread first; 200 at most. */
    record OwnListing(List<OwnView> notices) {
        static OwnListing of(List<Own> notices) {
            return new OwnListing(notices.stream().map(OwnView::of).toList());
        }
    }

    /**
     * As the provider's register has it.
     *
     * @param projects none where it is for everyone
     * @param state waiting, shown or over
     */
    @Shape(name = "RegisteredNotice")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RegisterView(
            UUID id,
            String reference,
            int version,
            @JsonUnwrapped ContentView content,
            boolean everyone,
            List<String> projects,
            @OneOf(of = State.class) String state,
            @Nullable Instant endedAt,
            @Nullable String endReason) {
        static RegisterView of(Notice notice) {
            return new RegisterView(
                    notice.id(),
                    notice.reference(),
                    notice.version(),
                    ContentView.of(notice.content()),
                    notice.content().everyone(),
                    notice.content().projects(),
                    notice.state().wireName(),
                    notice.endedAt(),
                    notice.endReason());
        }
    }

    /** Newest first, 1,000 at most. */
    record Register(List<RegisterView> notices) {}

    /**
     * What it said before, or says now.
     *
     * @param by absent: the service itself
     * @param mails how many went out with it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record VersionView(
            int version,
            @JsonUnwrapped ContentView content,
            boolean everyone,
            List<String> projects,
            @Nullable String by,
            Instant at,
            @Nullable String reason,
            int mails) {
        static VersionView of(Version one) {
            return new VersionView(
                    one.version(),
                    ContentView.of(one.content()),
                    one.content().everyone(),
                    one.content().projects(),
                    one.by(),
                    one.at(),
                    one.reason(),
                    one.mails());
        }
    }

    /** @param readers how many people have read the newest version */
    record WholeView(RegisterView notice, List<VersionView> versions, int readers) {
        static WholeView of(Whole whole) {
            return new WholeView(
                    RegisterView.of(whole.notice()),
                    whole.versions().stream().map(VersionView::of).toList(),
                    whole.readers());
        }
    }

    /** A contract that a notice can be for, and who would get the mail. */
    record ContractView(
            String project,
            String company,
            String name,
            String plan,
            String email,
            @OneOf({"ja", "en"}) String language) {
        static ContractView of(Addressee one) {
            return new ContractView(
                    one.project(),
                    one.company(),
                    one.name(),
                    one.plan(),
                    one.address().value(),
                    one.language().tag());
        }
    }

    record Contracts(List<ContractView> contracts) {}
}
