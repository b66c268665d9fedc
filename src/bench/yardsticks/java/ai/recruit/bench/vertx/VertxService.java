package ai.recruit.bench.vertx;

import ai.recruit.bench.yardstick.Door;
import ai.recruit.bench.yardstick.Settings;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;

/** The point reads of the service, as one writes them with Vert.x and its PostgreSQL client: the yardstick of PointReadBench. */
public final class VertxService {

    private VertxService() {}

    public static void main(String[] arguments) {
        Settings settings = Settings.read();
        Door door = new Door(settings.keys());
        int loops = Runtime.getRuntime().availableProcessors();
        Vertx vertx =
                Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(loops));
        vertx.deployVerticle(
                        () -> new Candidates(settings, door, 16 / loops), new DeploymentOptions().setInstances(loops))
                .onFailure(failure -> {
                    failure.printStackTrace();
                    System.exit(1);
                })
                .onSuccess(
                        deployed -> System.out.println("ready, native transport " + vertx.isNativeTransportEnabled()));
    }
}
