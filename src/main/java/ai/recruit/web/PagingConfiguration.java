package ai.recruit.web;

import ai.recruit.kernel.Paging;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.result.method.annotation.ArgumentResolverConfigurer;

@Configuration(proxyBeanMethods = false)
class PagingConfiguration implements WebFluxConfigurer {

    /** The description of the API shows each list's own parameters and not the record that they are read into. */
    PagingConfiguration() {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Paging.class);
    }

    @Override
    public void configureArgumentResolvers(ArgumentResolverConfigurer configurer) {
        configurer.addCustomResolver(new PagingResolver());
    }
}
