package io.hotfire.launcher;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONException;
import com.alibaba.fastjson2.JSONObject;
import com.alibaba.fastjson2.JSONWriter;
import io.hotfire.launcher.configuration.ConfigurationCheck;
import io.hotfire.launcher.configuration.ConfigurationException;
import io.hotfire.launcher.configuration.ConfigurationSources;
import io.hotfire.launcher.configuration.PropertiesConfiguration;
import io.hotfire.launcher.network.SelfSigned;
import io.hotfire.launcher.network.Tls;
import java.nio.file.Path;
import org.apache.rocketmq.proxy.ProxyStartup;

/** Starts a proxy. Its configuration is JSON: its top-level keys are merged. */
final class Proxy {
    private Proxy() {
    }

    static void start(ConfigurationSources sources) throws Exception {
        JSONObject merged = parse("/etc/rocketmq/rocketmq.conf", sources.file());
        merged.putAll(parse("ROCKETMQ_CONF", sources.inline()));
        sources.keys().forEach((key, value) -> {
            merged.put(key, value.strip());
            System.out.println("hotfire: " + key + "=" + PropertiesConfiguration.shown(key, value.strip()) + " from the environment");
        });
        ConfigurationCheck.check("proxy", merged, System.getenv());
        if (merged.getBooleanValue("tlsTestModeEnable", true)) {
            SelfSigned own = Tls.prepareNow(sources.effective().resolveSibling("tls"));
            merged.put("tlsTestModeEnable", false);
            merged.put("tlsCertPath", own.certificate().toString());
            merged.put("tlsKeyPath", own.key().toString());
        }
        Path path = ConfigurationSources.write(sources.effective(), merged.toString(JSONWriter.Feature.PrettyFormat));
        ProxyStartup.main(new String[] {"-pc", path.toString()});
    }

    private static JSONObject parse(String origin, String text) {
        try {
            return text.isBlank() ? new JSONObject() : JSON.parseObject(text);
        } catch (JSONException e) {
            throw new ConfigurationException("cannot read " + origin + " as JSON: " + e.getMessage().lines().findFirst().orElse(""));
        }
    }
}
