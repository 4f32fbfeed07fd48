package dev.unkai.gateway;

import dev.unkai.gateway.Conversations.Reply;
import dev.unkai.gateway.RadiusPacket.Attribute;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the VPN server's questions by RADIUS (RFC 2865), on the loopback interface. A question that comes again gets the answer that it got
 * before (RFC 5080 section 2.2.2): no code counts twice, and no wrong guess.
 */
final class RadiusServer {
    private static final Logger log = LoggerFactory.getLogger(RadiusServer.class);
    private static final int LARGEST_PACKET = 4_096;
    private static final int REMEMBERED = 512;
    private static final int AT_A_TIME = 32;

    private final DatagramSocket socket;
    private final byte[] secret;
    private final SenderCheck senders;
    private final Conversations conversations;
    private final Semaphore places = new Semaphore(AT_A_TIME);

    /** By fingerprint; empty while it is being found. */
    private final Map<String, Optional<byte[]>> answers = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Optional<byte[]>> eldest) {
            return size() > REMEMBERED;
        }
    };

    RadiusServer(DatagramSocket socket, byte[] secret, SenderCheck senders, Conversations conversations) {
        this.socket = socket;
        this.secret = secret;
        this.senders = senders;
        this.conversations = conversations;
    }

    /** Answers until the socket is closed. */
    void run() throws IOException, InterruptedException {
        while (!socket.isClosed()) {
            DatagramPacket datagram = new DatagramPacket(new byte[LARGEST_PACKET], LARGEST_PACKET);
            socket.receive(datagram);
            InetSocketAddress sender = (InetSocketAddress) datagram.getSocketAddress();
            if (!senders.trusts(sender)) {
                log.warn("A RADIUS packet from {}, which is not the VPN server's, was dropped", sender);
                continue;
            }
            Optional<RadiusPacket> packet = RadiusPacket.read(datagram.getData(), datagram.getLength())
                    .filter(one -> one.code() == RadiusPacket.ACCESS_REQUEST);
            if (packet.isPresent()) {
                places.acquire();
                Thread.ofVirtual().start(() -> {
                    try {
                        serve(packet.get(), sender);
                    } finally {
                        places.release();
                    }
                });
            }
        }
    }

    private void serve(RadiusPacket request, InetSocketAddress sender) {
        String fingerprint = sender.getPort() + " " + request.fingerprint();
        Optional<byte[]> known;
        synchronized (answers) {
            known = answers.putIfAbsent(fingerprint, Optional.empty());
        }
        if (known != null && known.isEmpty()) {
            return; // it is being answered
        }
        byte[] answer = known != null ? known.get() : answer(request);
        synchronized (answers) {
            answers.put(fingerprint, Optional.of(answer));
        }
        try {
            socket.send(new DatagramPacket(answer, answer.length, sender));
        } catch (IOException e) {
            log.warn("The VPN server could not be answered: {}", e.toString());
        }
    }

    private byte[] answer(RadiusPacket request) {
        Optional<String> password = request.password(secret);
        Optional<String> user = request.text(RadiusPacket.USER_NAME);
        Optional<String> address = request.text(RadiusPacket.CALLING_STATION_ID);
        Reply reply = password.isEmpty() || user.isEmpty() || address.isEmpty()
                ? new Reply.Reject("The log-in cannot be understood.")
                : conversations.answer(
                        user.get(),
                        password.get(),
                        request.text(RadiusPacket.STATE),
                        address.get(),
                        request.text(RadiusPacket.CONNECT_INFO).orElse(""));
        List<Attribute> attributes = new ArrayList<>();
        int code = switch (reply) {
            case Reply.Accept(InetAddress inner) -> {
                attributes.add(new Attribute(RadiusPacket.FRAMED_IP_ADDRESS, inner.getAddress()));
                yield RadiusPacket.ACCESS_ACCEPT;
            }
            case Reply.Challenge(String state, String prompt) -> {
                attributes.add(new Attribute(RadiusPacket.STATE, state.getBytes(StandardCharsets.UTF_8)));
                attributes.add(new Attribute(RadiusPacket.REPLY_MESSAGE, fitted(prompt)));
                yield RadiusPacket.ACCESS_CHALLENGE;
            }
            case Reply.Reject(String sentence) -> {
                attributes.add(new Attribute(RadiusPacket.REPLY_MESSAGE, fitted(sentence)));
                yield RadiusPacket.ACCESS_REJECT;
            }
        };
        return request.answer(code, attributes, secret);
    }

    /** As much of the text as an attribute holds, without half a character. */
    static byte[] fitted(String text) {
        ByteBuffer octets = ByteBuffer.allocate(RadiusPacket.LONGEST_VALUE);
        StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text), octets, true);
        byte[] fitting = new byte[octets.position()];
        octets.flip().get(fitting);
        return fitting;
    }
}
