package dev.unkai.node.link;

import io.grpc.Attributes;
import io.grpc.EquivalentAddressGroup;
import io.grpc.NameResolver;
import io.grpc.NameResolverProvider;
import io.grpc.NameResolverRegistry;
import io.grpc.Status;
import io.grpc.StatusOr;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Resolves {@code unkai:///host:port,host:port…}: the processes of the cloud, in the order in which they are tried. Each is
 * held against its own name in its certificate.
 */
final class CloudAddresses extends NameResolverProvider {
    private static final String SCHEME = "unkai";

    static {
        NameResolverRegistry.getDefaultRegistry().register(new CloudAddresses());
    }

    private CloudAddresses() {}

    static String target(List<String> addresses) {
        return SCHEME + ":///" + String.join(",", addresses);
    }

    @Override
    protected boolean isAvailable() {
        return true;
    }

    @Override
    protected int priority() {
        return 5;
    }

    @Override
    public String getDefaultScheme() {
        return SCHEME;
    }

    @Override
    public NameResolver newNameResolver(URI target, NameResolver.Args arguments) {
        List<String> addresses = List.of(target.getPath().substring(1).split(","));
        Executor executor = arguments.getOffloadExecutor();
        return new Resolver(addresses, executor == null ? Runnable::run : executor);
    }

    private static final class Resolver extends NameResolver {
        private final List<String> addresses;
        private final Executor executor;
        private volatile Listener2 listener = new Listener2() {
            @Override
            public void onResult(ResolutionResult result) {}

            @Override
            public void onError(Status error) {}
        };

        Resolver(List<String> addresses, Executor executor) {
            this.addresses = addresses;
            this.executor = executor;
        }

        @Override
        public String getServiceAuthority() {
            return addresses.getFirst().replaceFirst(":[0-9]+$", "");
        }

        @Override
        public void start(Listener2 wanted) {
            listener = wanted;
            refresh();
        }

        @Override
        public void refresh() {
            executor.execute(this::resolve);
        }

        private void resolve() {
            List<EquivalentAddressGroup> groups = new ArrayList<>();
            String unknown = "";
            for (String address : addresses) {
                int colon = address.lastIndexOf(':');
                String host = address.substring(0, colon);
                int port = Integer.parseInt(address.substring(colon + 1));
                try {
                    List<SocketAddress> sockets = new ArrayList<>();
                    for (InetAddress found : InetAddress.getAllByName(host)) {
                        sockets.add(new InetSocketAddress(found, port));
                    }
                    groups.add(new EquivalentAddressGroup(
                            sockets,
                            Attributes.newBuilder()
                                    .set(EquivalentAddressGroup.ATTR_AUTHORITY_OVERRIDE, host)
                                    .build()));
                } catch (UnknownHostException e) {
                    unknown = host;
                }
            }
            if (groups.isEmpty()) {
                listener.onError(Status.UNAVAILABLE.withDescription("The name " + unknown + " has no address"));
            } else {
                listener.onResult(ResolutionResult.newBuilder()
                        .setAddressesOrError(StatusOr.fromValue(groups))
                        .build());
            }
        }

        @Override
        public void shutdown() {
            // nothing is held
        }
    }
}
