from __future__ import annotations

from django.urls import path

from goldenthread.organisation.views import posts as views
from goldenthread.organisation.views import word_template

app_name = "organisation"

urlpatterns = [
    path("my-posts/", views.my_posts, name="my_posts"),
    path("posts/", views.post_list, name="post_list"),
    path("posts/<int:pk>/deputy/", views.deputy_name, name="deputy_name"),
    path("posts/<int:pk>/holder/", views.post_fill, name="post_fill"),
    path("posts/holdings/<int:pk>/end/", views.holding_end, name="holding_end"),
    path("papers/template/", word_template.word_template, name="word_template"),
    path(
        "papers/template/file/", word_template.word_template_download, name="word_template_download"
    ),
    path(
        "papers/template/off/", word_template.word_template_take_off, name="word_template_take_off"
    ),
]
