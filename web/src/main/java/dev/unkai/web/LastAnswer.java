package dev.unkai.web;

import dev.unkai.base.Refusal;
import java.io.IOException;
import java.util.UUID;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** The server's own error page: it answers requests that reach no filter, such as one whose address it cannot read, in the words and shape of the APIs. */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
final class LastAnswer implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> {
    private static final Logger log = LoggerFactory.getLogger(LastAnswer.class);

    private final FaultAnswers answers;

    LastAnswer(FaultAnswers answers) {
        this.answers = answers;
    }

    @Override
    public void customize(ConfigurableTomcatWebServerFactory factory) {
        // Added last it is asked first, before the server's own.
        factory.addContextCustomizers(
                context -> context.getParent().getPipeline().addValve(new Page(answers)));
    }

    private static final class Page extends ErrorReportValve {
        private final FaultAnswers answers;

        Page(FaultAnswers answers) {
            this.answers = answers;
        }

        /** What failed is in the server's log already. */
        @Override
        protected void report(Request request, Response response, @Nullable Throwable failure) {
            if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
                return;
            }
            String id =
                    request.getAttribute(RequestFilter.ID) instanceof String given ? given : "req-" + UUID.randomUUID();
            RequestFilter.mark(response, id);
            Refusal refusal =
                    response.getStatus() < 500 ? SharedErrors.ofStatus(response.getStatus()) : SharedErrors.fault(id);
            MDC.put("request_id", id);
            try {
                answers.write(refusal, request, response.getResponse());
                response.finishResponse();
            } catch (IOException e) {
                log.debug("A client went away before its error was written", e);
            } finally {
                MDC.remove("request_id");
            }
        }
    }
}
