package ai.recruit;

import ai.recruit.access.TestAccounts;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient;

/**
 * The whole service on random ports with real servers. What extends this shares one context and one set of servers: they
 * are started once for the process, with an empty database, and found initialised by the next build. Tests make their
 * own accounts and rows and so do not disturb each other. Do not add properties or mock beans in a subclass: each variety
 * is another context.
 */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "recruit.data-dir=target/test-data",
            "recruit.standalone.fresh=true",
            "management.server.port=0",
            "recruit.resumes.fetch-networks=127.0.0.2",
            // Tests of limits use the plan pro; nobody else comes near one.
            "recruit.rate.hour=1000000",
            "recruit.rate.free=1000000",
            "recruit.rate.pro=20",
            "recruit.rate.enterprise=1000000",
            "recruit.audit.publish-every=1h",
            "logging.structured.format.console=",
        })
@AutoConfigureWebTestClient(timeout = "20s")
public abstract class IntegrationTest {

    @Autowired
    protected WebTestClient http;

    @Autowired
    protected TestAccounts accounts;
}
